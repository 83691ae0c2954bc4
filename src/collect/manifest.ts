/** Turns the text of a package.json into the fields that the gate uses; everything in it is untrusted. */
import { InputError } from '../model/input-error.ts';
import type { Manifest } from '../model/project.ts';
import { isRecord, own } from './json-record.ts';
import { parseJson } from './json-text.ts';

const stringFields = ['name', 'version', 'type', 'main', 'packageManager'] as const;
const recordFields = [
  'scripts',
  'engines',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'resolutions',
] as const;
const untypedFields = ['exports', 'imports', 'overrides'] as const;

/**
 * Reads a manifest. A field of the wrong type is left out, as npm does with most of them.
 * @throws InputError with file, line and column where the text is no JSON object.
 */
export function parseManifest(text: string, file: string): Manifest {
  const value = parseJson(text, file);
  if (!isRecord(value)) {
    throw new InputError('a package.json must hold an object: { "name": …, "dependencies": … }', {
      file,
      line: 1,
      column: 1,
    });
  }
  const manifest: Record<string, unknown> = {};
  for (const field of stringFields) {
    const string = own(value, field);
    if (typeof string === 'string') manifest[field] = string;
  }
  for (const field of recordFields) {
    const record = stringRecord(own(value, field));
    if (record !== null) manifest[field] = record;
  }
  for (const field of untypedFields) {
    if (Object.hasOwn(value, field)) manifest[field] = value[field];
  }
  const isPrivate = own(value, 'private');
  if (typeof isPrivate === 'boolean') manifest.private = isPrivate;
  const bin = own(value, 'bin');
  if (typeof bin === 'string') manifest.bin = bin;
  else if (isRecord(bin)) manifest.bin = stringRecord(bin);
  const workspaces = parseWorkspaces(own(value, 'workspaces'));
  if (workspaces !== null) manifest.workspaces = workspaces;
  return manifest;
}

/** Either form of `workspaces`, an array or `{ "packages": [ … ] }`. */
function parseWorkspaces(value: unknown): Manifest['workspaces'] | null {
  if (Array.isArray(value)) return strings(value);
  if (!isRecord(value)) return null;
  const packages = own(value, 'packages');
  return Array.isArray(packages) ? { packages: strings(packages) } : {};
}

function strings(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === 'string');
}

/** The entries with strings, in an object without a prototype: a dependency may be called `__proto__` or `constructor`. */
function stringRecord(value: unknown): Record<string, string> | null {
  if (!isRecord(value)) return null;
  const record: Record<string, string> = Object.create(null);
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry === 'string') record[key] = entry;
  }
  return record;
}

/**
 * Whether a package.json only tells Node how to load the files beside it (`{ "type": "module" }`) and is no project of its own:
 * it has no name and declares nothing.
 */
export function isMarker(manifest: Manifest): boolean {
  const { name, workspaces, scripts } = manifest;
  const declares = [
    manifest.dependencies,
    manifest.devDependencies,
    manifest.optionalDependencies,
    manifest.peerDependencies,
  ].some((field) => field !== undefined && Object.keys(field).length > 0);
  return name === undefined && workspaces === undefined && scripts === undefined && !declares;
}
