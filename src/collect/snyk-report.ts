/** Turns the output of `snyk test --json` into what it says of each project, or into an error that says what to hand in instead. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, isAbsolute, posix, relative, resolve } from 'node:path';
import semver from 'semver';
import { InputError } from '../model/input-error.ts';
import { compareText } from '../model/location.ts';
import { isInside } from '../model/path-inside.ts';
import type { Severity } from '../model/severity.ts';
import type { SnykIssue, SnykProject, SnykReading } from '../model/snyk.ts';
import { readTitle, readWeaknesses } from './audit-advisory.ts';
import { isRecord, type JsonRecord } from './json-record.ts';
import { parseJson } from './json-text.ts';
import { isPackageName } from './lockfile/entry-checks.ts';

/** Bytes. Snyk writes the whole description once for each path. */
const longestFile = 256 * 1024 * 1024;
const longestText = 300;
const longestRange = 4096;
const mostPaths = 50;

const remedy = 'write it with `snyk test --json-file-output=snyk.json` (or `--json` and a redirection)';

/**
 * Reads the file; Snyk itself is not needed. One object, or the array that several projects give, errors of single projects included.
 * @param file relative to the scanned directory, or absolute.
 * @param directory absolute path of the scanned directory.
 * @throws InputError where it cannot be read, is no JSON or is not Snyk's.
 * Source of the form: github.com/snyk/cli, src/lib/snyk-test/legacy.ts and src/lib/formatters/test/format-test-results.ts.
 */
export function readSnykReport(file: string, directory: string): SnykReading {
  const began = performance.now();
  const path = resolve(directory, file);
  const root = realPath(directory);
  // A repository may bring a link of that name.
  const real = realPath(path);
  if (real !== path && isInside(path, directory) && !isInside(real, root))
    throw new InputError('this is a link that leads out of the scanned directory: name the file itself', {
      file,
    });
  const value = parseJson(readText(file, path), file);
  const written = Array.isArray(value) ? value : [value];
  if (written.length === 0)
    throw new InputError(`this output of Snyk holds no project: ${remedy}`, { file, line: 1 });
  const projects = written.map((each) => {
    const fault = faultOf(each);
    if (fault !== null) throw new InputError(`${fault}: ${remedy}`, { file, line: 1 });
    return readProject(each as JsonRecord, root);
  });
  return { file: basename(file), projects, ms: Math.round(performance.now() - began) };
}

function readText(file: string, path: string): string {
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (!statSync(path).isFile()) throw new InputError('this is no file: name the output of Snyk', { file });
    if (size > longestFile)
      throw new InputError(
        `this file of ${Math.ceil(size / 1024 / 1024)} MB is too large: up to ${longestFile / 1024 / 1024} MB are read; test fewer projects at once`,
        { file },
      );
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : 'unreadable';
    throw new InputError(
      code === 'ENOENT'
        ? `there is no such file, which \`snyk-json\` names: let Snyk run before the gate, and ${remedy}`
        : `this file, which \`snyk-json\` names, cannot be read (${code})`,
      { file },
    );
  }
  // A redirection in PowerShell writes UTF-16.
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = bytes.toString(isWide ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
  if (text.trim() === '')
    throw new InputError(`this file is empty, so Snyk may have failed: see what it said, and ${remedy}`, {
      file,
    });
  return text;
}

/** Why this is no result of `snyk test`, or null. */
function faultOf(value: unknown): string | null {
  if (!isRecord(value)) return 'this is not the output of `snyk test --json`';
  if (Array.isArray(value.runs)) return 'this is SARIF, not the JSON of `snyk test`';
  if (value.auditReportVersion !== undefined)
    return 'this is the output of npm audit, which the gate runs itself';
  if ('infrastructureAsCodeIssues' in value)
    return 'this is the output of `snyk iac test`, not of `snyk test`';
  if (Array.isArray(value.vulnerabilities) || isError(value)) return null;
  return 'this is not the output of `snyk test --json`';
}

function isError(value: JsonRecord): boolean {
  return value.ok === false && typeof value.error === 'string';
}

/** Packages of other managers are no business of the gate. */
const ours = /^(?:$|npm|yarn|pnpm|bun)/;

function readProject(written: JsonRecord, root: string): SnykProject {
  const path = text(written.path).replaceAll('\\', '/');
  const target = (text(written.displayTargetFile) || text(written.targetFile)).replaceAll('\\', '/');
  const manager = text(written.packageManager);
  const issues = new Map<string, SnykIssue>();
  const licences = new Set<string>();
  let unreadable = 0;
  for (const each of ours.test(manager) ? array(written.vulnerabilities) : []) {
    if (isRecord(each) && (each.type === 'license' || text(each.id).startsWith('snyk:lic:'))) {
      licences.add(`${text(each.id)} ${text(each.packageName)} ${text(each.version)}`);
      continue;
    }
    const read = isRecord(each) ? readIssues(each) : [];
    if (read.length === 0) unreadable++;
    for (const issue of read) {
      const key = `${issue.id} ${issue.package} ${issue.version}`;
      const known = issues.get(key);
      issues.set(key, known === undefined ? issue : joined(known, issue));
    }
  }
  return {
    target: short(target) || relativeName(path, root) || short(text(written.projectName)) || 'a project',
    directories: directoriesOf(path, target, root),
    name: text(written.projectName) || null,
    manager: short(manager),
    issues: [...issues.values()],
    licenceIssues: licences.size,
    unreadable,
    error: Array.isArray(written.vulnerabilities) ? null : short(text(written.error)) || 'no reason given',
  };
}

function relativeName(path: string, root: string): string {
  if (isAbsolute(path) && isInside(path, root))
    return short(relative(root, path).replaceAll('\\', '/')) || '.';
  return short(posix.basename(path));
}

/**
 * Snyk tells where it was started and the file from there, on a machine that need not be this one. So, beside the place itself, every end of
 * the path may be the directory, the longest first.
 */
function directoriesOf(path: string, target: string, root: string): string[] {
  const whole = posix.normalize(posix.join(path || '.', posix.dirname(target || '.')));
  const found = new Set<string>();
  if (isAbsolute(whole) && isInside(whole, root))
    found.add(relative(root, whole).replaceAll('\\', '/') || '.');
  const parts = whole.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  for (let from = Math.max(0, parts.length - 40); from < parts.length; from++)
    found.add(parts.slice(from).join('/'));
  found.add('.');
  return [...found];
}

/** One for each version; none where it is no vulnerability. With `--group-issues` one entry holds all the paths. */
function readIssues(written: JsonRecord): SnykIssue[] {
  const id = text(written.id);
  const name = [written.packageName, written.moduleName, written.name]
    .map(text)
    .find((each) => isPackageName(each));
  if (!/^[A-Za-z][\w.:-]{2,99}$/.test(id) || name === undefined) return [];
  const isGrouped = array(written.from).some(Array.isArray);
  const paths = (isGrouped ? array(written.from) : [written.from]).map((path) => strings(path));
  const byVersion = new Map<string, string[][]>();
  for (const path of paths) {
    const version = isGrouped ? splitSpec(path.at(-1) ?? '')?.version : text(written.version);
    if (version === undefined || version === '' || version.length > 256) continue;
    byVersion.set(version, [...(byVersion.get(version) ?? []), ...(path.length > 1 ? [path.slice(1)] : [])]);
  }
  const { identifiers } = written;
  const named = isRecord(identifiers) ? identifiers : {};
  const { semver: ranges, cvssScore } = written;
  const vulnerable = (
    isRecord(ranges)
      ? typeof ranges.vulnerable === 'string'
        ? [ranges.vulnerable]
        : strings(ranges.vulnerable)
      : []
  ).join(' || ');
  const upgrade = written.isUpgradable === true ? splitSpec(text(array(written.upgradePath)[1])) : null;
  return [...byVersion].map(([version, its]) => ({
    id,
    title: readTitle(written.title, name),
    severity: readSeverity(written.severity),
    identifiers: [...strings(named.CVE), ...strings(named.GHSA)]
      .filter((each) => /^(?:CVE-\d{4}-\d{3,12}|GHSA(?:-[0-9a-z]{4}){3})$/.test(each))
      .sort(compareText),
    cwe: readWeaknesses(named.CWE),
    cvss: typeof cvssScore === 'number' && cvssScore > 0 && cvssScore <= 10 ? cvssScore : null,
    package: name,
    version,
    vulnerable: vulnerable === '' || vulnerable.length > longestRange ? null : vulnerable,
    fixedIn: strings(written.fixedIn).filter((each) => semver.valid(each) !== null),
    paths: its.slice(0, mostPaths),
    upgrades: upgrade === null ? [] : [upgrade],
  }));
}

function joined(a: SnykIssue, b: SnykIssue): SnykIssue {
  const isKnown = b.upgrades.every((each) => a.upgrades.some((other) => other.package === each.package));
  return {
    ...a,
    paths: a.paths.length < mostPaths ? [...a.paths, ...b.paths] : a.paths,
    upgrades: isKnown || a.upgrades.length >= mostPaths ? a.upgrades : [...a.upgrades, ...b.upgrades],
  };
}

function splitSpec(spec: string): { package: string; version: string } | null {
  const at = spec.lastIndexOf('@');
  const [name, version] = [spec.slice(0, at), spec.slice(at + 1)];
  return at > 0 && isPackageName(name) && version !== '' ? { package: name, version } : null;
}

function readSeverity(value: unknown): Severity {
  switch (value) {
    case 'low':
    case 'high':
    case 'critical':
      return value;
    case 'medium':
    case 'moderate':
      return 'moderate';
    default:
      return 'high';
  }
}

/** The path itself where there is nothing. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function short(value: string): string {
  const line = value
    .slice(0, longestText * 4)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > longestText ? `${line.slice(0, longestText)}…` : line;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function strings(value: unknown): string[] {
  return array(value)
    .slice(0, 1_000)
    .filter((each) => typeof each === 'string');
}
