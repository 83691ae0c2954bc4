/** A small registry with advisories and a workspace of two manifests: the tree that every package manager has locked in this folder. */
import type { Manifest } from '../../src/model/project.ts';
import type { StandInAdvisory, StandInManifest } from '../stand-ins/registry.ts';

type World = Readonly<Record<string, Readonly<Record<string, StandInManifest>>>>;

/** What there was when the lockfiles were written. */
export const publishedThen: World = {
  // Exact ranges, two ways to the same package: a newer minor version of the direct dependency ends it.
  web: { '4.17.1': { dependencies: { parser: '1.19.0', query: '6.7.0' } } },
  parser: { '1.19.0': { dependencies: { query: '6.7.0' } } },
  query: { '6.5.2': {}, '6.7.0': {} },
  // Another version of the same package: here only a newer major version ends it.
  client: { '1.0.0': { dependencies: { query: '6.5.2' } } },
  // A range that admits the fixed version.
  mkdir: { '0.5.1': { dependencies: { arguments: '^1.2.0' } } },
  arguments: { '1.2.0': {} },
  // For development; the range of the one between admits a release that asks for the fixed version.
  runner: { '1.0.0': { dependencies: { pattern: '1.0.0' } } },
  pattern: { '1.0.0': {} },
  // Optional, and never fixed.
  watcher: { '1.0.0': { dependencies: { native: '^1.0.0' } } },
  native: { '1.0.0': {} },
  // Asked for as a peer, too.
  plugin: { '1.0.0': { peerDependencies: { host: '^1.0.0' } } },
  host: { '1.0.0': {} },
  // Under an alias, while another version lies under its own name.
  merge: { '1.0.0': {}, '2.0.0': {} },
  settings: { '1.0.0': { dependencies: { merge: '^2.0.0' } } },
  // Direct: never fixed; fixed in a major version; scoped.
  xml: { '1.0.0': {} },
  session: { '1.0.0': {} },
  '@scope/token': { '1.0.0': {} },
  // Only of the member.
  upload: { '1.0.0': {} },
};

const publishedSince: World = {
  web: {
    '4.21.2': { dependencies: { parser: '1.20.3', query: '6.13.0' } },
    '5.0.0': { dependencies: { query: '^6.13.0' } },
  },
  parser: { '1.20.3': { dependencies: { query: '6.13.0' } } },
  query: { '6.5.3': {}, '6.7.3': {}, '6.13.0': {} },
  client: {
    '1.1.0': { dependencies: { query: '~6.5.2' }, deprecated: 'use 2' },
    '2.0.0': { dependencies: { query: '^6.13.0' } },
  },
  arguments: { '1.2.6': {}, '1.2.8': {} },
  runner: { '1.1.0': { dependencies: { pattern: '^1.0.1' } } },
  pattern: { '1.0.1': {} },
  native: { '1.1.0': {} },
  host: { '1.1.0': {} },
  merge: { '1.1.0': {}, '1.2.0': {} },
  session: { '1.0.1': {}, '2.0.0': {}, '3.0.0-beta.1': {} },
  '@scope/token': { '1.0.4': {} },
  upload: { '1.4.4': { deprecated: 'broken' }, '2.0.0': {}, '2.1.0': {} },
};

/** What there is when the tree is audited. */
export const publishedNow: World = Object.fromEntries(
  Object.entries(publishedThen).map(([name, versions]) => [
    name,
    { ...versions, ...(publishedSince[name] ?? {}) },
  ]),
);

export const manifests: Readonly<Record<string, Manifest>> = {
  '.': {
    name: 'shop',
    version: '1.0.0',
    private: true,
    workspaces: ['apps/*'],
    dependencies: {
      '@scope/token': '^1.0.0',
      client: '1.0.0',
      host: '^1.0.0',
      'merge-old': 'npm:merge@1.0.0',
      mkdir: '^0.5.0',
      plugin: '^1.0.0',
      session: '^1.0.0',
      settings: '^1.0.0',
      web: '4.17.1',
      xml: '^1.0.0',
    },
    devDependencies: { runner: '^1.0.0' },
    optionalDependencies: { watcher: '^1.0.0' },
  },
  'apps/admin': {
    name: 'admin',
    version: '1.0.0',
    private: true,
    dependencies: { mkdir: '^0.5.0', upload: '^1.0.0' },
    devDependencies: { runner: '^1.0.0' },
  },
};

const advisory = (
  id: string,
  name: string,
  range: string,
  severity: string,
  more: Partial<StandInAdvisory> = {},
): StandInAdvisory => ({
  id: Number.parseInt(id, 10) + 1_100_000,
  package: name,
  url: `https://github.com/advisories/GHSA-2222-3333-${id.padStart(4, '2')}`,
  title: `Something about ${name}`,
  severity,
  vulnerable_versions: range,
  cwe: ['CWE-1321'],
  cvss: { score: 7.5, vectorString: null },
  ...more,
});

export const advisories: readonly StandInAdvisory[] = [
  advisory('3', 'query', '<6.5.3 || >=6.7.0 <6.7.3', 'high'),
  advisory('4', 'query', '>=6.7.0 <6.7.2', 'low', { cvss: { score: 0, vectorString: null } }),
  advisory('5', 'arguments', '<1.2.6', 'critical'),
  advisory('6', 'pattern', '<1.0.1', 'moderate'),
  advisory('7', 'native', '*', 'high'),
  advisory('8', 'host', '<1.1.0', 'moderate'),
  advisory('9', 'merge', '<1.1.0', 'high'),
  advisory('33', 'xml', '>=0.0.0', 'high'),
  advisory('34', 'session', '<2.0.0', 'critical'),
  advisory('35', '@scope/token', '<1.0.4', 'low'),
  advisory('36', 'upload', '<2.0.0', 'high'),
];
