/** Turns the nested `dependencies` of a lockfile of version 1 into entries. */
import type { Requirement } from '../../model/lockfile.ts';
import type { JsonRecord } from '../json-record.ts';
import {
  type LockfileEntry,
  type Refuse,
  readVersionNumber,
  recordOf,
  toLocation,
} from './lockfile-entry.ts';
import { EntryTree } from './resolution.ts';

interface Waiting {
  /** Where the entry's own dependencies lie: its location, or the directory that it links to. */
  readonly location: string;
  readonly written: JsonRecord;
  readonly depth: number;
}

const deepestNesting = 64;

/**
 * Source: @npmcli/arborist lib/shrinkwrap.js, which turns version 1 into version 2.
 * The root is given an edge to every package on the top level, for the format does not say which are its own.
 */
export function readNestedEntries(data: JsonRecord, refuse: Refuse): Map<string, LockfileEntry> {
  const entries = new Map<string, LockfileEntry>();
  entries.set('', {
    ...packageEntry('', data),
    version: readVersionNumber(data.version),
    requirements: null,
  });
  const waiting: Waiting[] = [{ location: '', written: data, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const dependencies = recordOf(next.written, 'dependencies');
    if (dependencies === null) continue;
    for (const name of Object.keys(dependencies)) {
      const location = `${next.location === '' ? '' : `${next.location}/`}node_modules/${name}`;
      if (next.depth >= deepestNesting)
        return refuse(location, `is nested more than ${deepestNesting} levels deep`);
      const written = recordOf(dependencies, name);
      if (written === null) return refuse(location, 'is no object');
      const entry = readEntry(location, written, refuse);
      entries.set(location, entry);
      if (entry.target !== null && !entries.has(entry.target)) {
        entries.set(entry.target, { ...packageEntry(entry.target, written), name });
      }
      waiting.push({ location: entry.target ?? location, written, depth: next.depth + 1 });
    }
  }
  return withOptionalRequirements(entries);
}

function packageEntry(location: string, written: JsonRecord): LockfileEntry {
  const requires = recordOf(written, 'requires');
  const requirements = new Map<string, Requirement>();
  for (const [name, range] of Object.entries(requires ?? {})) {
    if (typeof range === 'string') requirements.set(name, { range, type: 'production' });
  }
  // The lockfiles of npm before 5.1 have no `requires`: what lies below a package is all that is known of its dependencies.
  const names = Object.keys(recordOf(written, 'dependencies') ?? {});
  return {
    location,
    name: null,
    version: null,
    dev: written.dev === true,
    optional: written.optional === true,
    peer: written.peer === true,
    target: null,
    requirements: requires === null && names.length > 0 ? null : requirements,
    names,
  };
}

function readEntry(location: string, written: JsonRecord, refuse: Refuse): LockfileEntry {
  const base = packageEntry(location, written);
  const version = written.version;
  if (typeof version !== 'string') return base;
  const file = /^file:(?!\/\/)(.*)$/s.exec(version)?.[1];
  if (file !== undefined && !/\.(?:tgz|tar|tar\.gz)$/i.test(file)) {
    return { ...base, target: toLocation(file), requirements: new Map(), names: [] };
  }
  const alias = /^npm:(@?[^@]+)@(.*)$/s.exec(version);
  if (alias !== null) return { ...base, name: alias[1]!, version: readVersionNumber(alias[2]) };
  if (/^npm:/.test(version)) return refuse(location, 'stands for no package');
  return { ...base, version: readVersionNumber(version) };
}

/** Version 1 does not say which requirements are optional. As npm has it, what is itself not optional asks for an optional package optionally. */
function withOptionalRequirements(entries: Map<string, LockfileEntry>): Map<string, LockfileEntry> {
  const tree = new EntryTree(entries.keys());
  for (const entry of entries.values()) {
    if (entry.optional || entry.requirements === null) continue;
    const requirements = new Map(entry.requirements);
    for (const [name, { range }] of requirements) {
      const found = tree.resolve(entry.location, name);
      if (found !== null && entries.get(found)!.optional) requirements.set(name, { range, type: 'optional' });
    }
    entries.set(entry.location, { ...entry, requirements });
  }
  return entries;
}
