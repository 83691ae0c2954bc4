/** Reads a rule's fixture: sources whose comments say what is expected on the line below them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Project } from '../../src/model/project.ts';
import type { Snapshot, SnapshotFile } from '../../src/model/snapshot.ts';

export type ExpectationWord = 'expect' | 'expect-none' | 'expect-undecided' | 'todo-expect';

export interface Expectation {
  readonly word: ExpectationWord;
  readonly ruleId: string;
  readonly file: string;
  /** The line that is judged: the next one that is no expectation itself. */
  readonly line: number;
}

const words: readonly string[] = ['expect', 'expect-none', 'expect-undecided', 'todo-expect'];
const comment = /^\s*(?:\/\/|#)\s*((?:[a-z-]+-)?expect[a-z-]*):\s*(\S+)\s*$/;

/**
 * The expectations in a text.
 * @throws Error naming file and line where a word or a rule id is not known: a misspelt expectation must not pass as none.
 */
export function readExpectations(file: string, text: string, ruleIds: ReadonlySet<string>): Expectation[] {
  const expectations: Expectation[] = [];
  const lines = text.split('\n');
  lines.forEach((content, index) => {
    const match = comment.exec(content);
    if (match === null) return;
    const [, word, ruleId] = match;
    if (!words.includes(word!)) throw new Error(`${file}:${index + 1}: unknown word \`${word}\``);
    if (!ruleIds.has(ruleId!)) throw new Error(`${file}:${index + 1}: unknown rule \`${ruleId}\``);
    let line = index + 1;
    while (line < lines.length && comment.test(lines[line]!)) line++;
    expectations.push({ word: word as ExpectationWord, ruleId: ruleId!, file, line: line + 1 });
  });
  return expectations;
}

/** All files below a directory, or the one file, by relative path. */
export function readFixture(path: string): Map<string, string> {
  const files = new Map<string, string>();
  const walk = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const at = join(directory, entry.name);
      if (entry.isDirectory()) walk(at);
      else files.set(relative(path, at).split(sep).join('/'), readFileSync(at, 'utf8'));
    }
  };
  walk(path);
  return files;
}

const dependencies = {
  express: '^5.3.0',
  'express-session': '^1.19.0',
  'cookie-session': '^2.1.1',
  helmet: '^8.3.0',
};

/** A snapshot of one project that holds these files; `package.json` is made where there is none. */
export function snapshotOf(files: ReadonlyMap<string, string>, entry: string | null): Snapshot {
  const given = files.get('package.json');
  const manifest =
    given === undefined
      ? { name: 'fixture', dependencies, ...(entry === null ? {} : { main: entry }) }
      : JSON.parse(given);
  const all = new Map(files);
  all.set('package.json', given ?? JSON.stringify(manifest, null, 2));
  const sorted = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
  const project: Project = {
    directory: '.',
    name: manifest.name ?? null,
    manifestFile: 'package.json',
    manifest,
    express: {
      declared: manifest.dependencies?.express ?? null,
      declaredIn: 'dependencies',
      resolved: null,
      through: null,
    },
    lockfile: null,
    lockfileFile: null,
    workspaceRoot: '.',
  };
  return {
    revision: null,
    files: new Map<string, SnapshotFile>(sorted.map(([path, text]) => [path, { path, text }])),
    projects: [project],
    audits: [],
    checks: [],
  };
}
