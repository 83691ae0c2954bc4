/** Projects of a repository, the lockfiles that govern them, and what is broken in them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findProjects } from '../../src/collect/projects.ts';
import type { SourceFiles } from '../../src/collect/source-files.ts';
import { InputError } from '../../src/model/input-error.ts';

/** Contents by path; null: it is there and was not read. */
function source(texts: Readonly<Record<string, string | null | object>>): SourceFiles {
  const entries = Object.entries(texts).map(
    ([path, contents]) =>
      [
        path,
        contents !== null && typeof contents === 'object' ? JSON.stringify(contents) : contents,
      ] as const,
  );
  return {
    files: new Map(entries.flatMap(([path, text]) => (text === null ? [] : [[path, { path, text }]]))),
    present: new Set(
      entries.map(([path]) => path).filter((path) => /package\.json$|lock|shrinkwrap/.test(path)),
    ),
    leftOut: entries.flatMap(([path, text]) =>
      text === null ? [{ path, reason: 'unreadable' as const, matters: true, code: 'EACCES' }] : [],
    ),
    notes: [],
  };
}

const emptyLock = { lockfileVersion: 3, packages: { '': {} } };
const express = { express: '^4.17.1' };

test('every package.json is a project, in directory order, whatever the order of the files', async () => {
  const files = {
    'package.json': { name: 'root' },
    'b/package.json': { name: 'b', dependencies: express },
    'a/deep/package.json': {},
  };
  const { projects, problems } = await findProjects(
    source({ ...files, 'a/deep/package.json': { name: 'deep' } }),
  );
  assert.deepEqual(
    projects.map(({ directory, name, manifestFile, workspaceRoot, lockfileFile }) => [
      directory,
      name,
      manifestFile,
      workspaceRoot,
      lockfileFile,
    ]),
    [
      ['.', 'root', 'package.json', '.', null],
      ['a/deep', 'deep', 'a/deep/package.json', 'a/deep', null],
      ['b', 'b', 'b/package.json', 'b', null],
    ],
  );
  assert.deepEqual(
    projects.map((project) => project.express !== null),
    [false, false, true],
  );
  assert.deepEqual(problems, []);
});

test('a package.json that only marks the module type belongs to the project around it', async () => {
  const { projects } = await findProjects(
    source({
      'package.json': { dependencies: express },
      'src/package.json': { type: 'module' },
      'src/deep/package.json': { type: 'commonjs' },
    }),
  );
  assert.deepEqual(
    projects.map(({ directory }) => directory),
    ['.'],
  );
  const alone = await findProjects(source({ 'app/package.json': { type: 'module' } }));
  assert.deepEqual(
    alone.projects.map(({ directory }) => directory),
    ['app'],
  );
});

test("a workspace is governed by its root's lockfile, others by their own", async () => {
  const lock = {
    lockfileVersion: 3,
    packages: {
      '': { workspaces: ['packages/*'] },
      'packages/a': { name: 'a', dependencies: express },
      'packages/a/node_modules/express': { version: '4.18.0' },
    },
  };
  const { projects, problems } = await findProjects(
    source({
      'package.json': { workspaces: { packages: ['packages/*', '!packages/out'] } },
      'package-lock.json': lock,
      'packages/a/package.json': { name: 'a', dependencies: express },
      'packages/out/package.json': { name: 'out' },
      'packages/out/npm-shrinkwrap.json': emptyLock,
      'packages/out/package-lock.json': emptyLock,
      'other/package.json': { name: 'other' },
    }),
  );
  assert.deepEqual(
    projects.map(({ directory, workspaceRoot, lockfileFile }) => [directory, workspaceRoot, lockfileFile]),
    [
      ['.', '.', 'package-lock.json'],
      ['other', 'other', null],
      ['packages/a', '.', 'package-lock.json'],
      ['packages/out', 'packages/out', 'packages/out/npm-shrinkwrap.json'],
    ],
  );
  assert.equal(projects[2]?.express?.resolved, '4.18.0');
  assert.equal(projects[0]?.lockfile, projects[2]?.lockfile);
  assert.deepEqual(problems, []);
});

test('a workspace whose root has no lockfile keeps its own', async () => {
  const { projects } = await findProjects(
    source({
      'package.json': { workspaces: ['*'] },
      'a/package.json': { name: 'a' },
      'a/package-lock.json': emptyLock,
    }),
  );
  assert.deepEqual(
    projects.map(({ workspaceRoot, lockfileFile }) => [workspaceRoot, lockfileFile]),
    [
      ['.', null],
      ['a', 'a/package-lock.json'],
    ],
  );
});

test("pnpm's workspaces stand in a file of their own", async () => {
  const { projects, problems } = await findProjects(
    source({
      'package.json': { name: 'root' },
      'pnpm-workspace.yaml': 'packages:\n  - "!apps/old"\n  - apps/*\n',
      'pnpm-lock.yaml': 'lockfileVersion: 9.0\n',
      'apps/new/package.json': { name: 'new' },
      'apps/old/package.json': { name: 'old' },
    }),
  );
  assert.deepEqual(
    projects.map(({ directory, workspaceRoot, lockfileFile, lockfile }) => [
      directory,
      workspaceRoot,
      lockfileFile,
      lockfile?.manager,
    ]),
    [
      ['.', '.', 'pnpm-lock.yaml', 'pnpm'],
      ['apps/new', '.', 'pnpm-lock.yaml', 'pnpm'],
      ['apps/old', 'apps/old', null, undefined],
    ],
  );
  assert.deepEqual(problems, []);
});

test('a pnpm-workspace.yaml that is no YAML, or holds odd things, is named and no more', async () => {
  const broken = await findProjects(source({ 'package.json': {}, 'pnpm-workspace.yaml': 'packages: [\n' }));
  assert.match(broken.problems[0]!.detail, /^pnpm-workspace\.yaml is not valid YAML/);
  for (const text of ['', '[]', 'packages: 3', 'packages: [3, {a: b}]']) {
    const { problems } = await findProjects(source({ 'package.json': {}, 'pnpm-workspace.yaml': text }));
    assert.deepEqual(problems, []);
  }
});

test('a broken lockfile is named with its place, once for all whom it governs', async () => {
  const { projects, problems } = await findProjects(
    source({
      'package.json': { workspaces: ['*'], dependencies: express },
      'package-lock.json': '{\n  "lockfileVersion": 3,\n  oops\n}',
      'a/package.json': { name: 'a', dependencies: express },
    }),
  );
  assert.equal(problems.length, 1);
  assert.equal(problems[0]?.project, '.');
  assert.match(
    problems[0]!.detail,
    /^package-lock\.json:3:3: .*; which versions are installed is not known\.$/,
  );
  for (const project of projects) {
    assert.equal(project.lockfile, null);
    assert.equal(project.lockfileFile, 'package-lock.json');
    assert.equal(project.express?.resolved, null);
  }
});

test('a broken package.json among others is named, and the project stays in the list', async () => {
  const { projects, problems } = await findProjects(
    source({
      'package.json': { name: 'root' },
      'odd dir/package.json': '{\n  "name": "odd",\n}',
      'closed/package.json': null,
    }),
  );
  assert.deepEqual(
    projects.map(({ directory, name, express }) => [directory, name, express]),
    [
      ['.', 'root', null],
      ['closed', null, null],
      ['odd dir', null, null],
    ],
  );
  const details = problems.map(({ project, detail }) => `${project} | ${detail}`).sort();
  assert.match(
    details[0]!,
    /^closed \| closed\/package\.json: .*could not be read \(EACCES\); what this project declares is not known\.$/,
  );
  assert.match(details[1]!, /^odd dir \| "odd dir\/package\.json":3:1: this is not valid JSON: /);
});

test('where the only package.json cannot be read there is nothing to judge', async () => {
  const only = (contents: string | null) => findProjects(source({ 'package.json': contents }));
  await assert.rejects(only('{\n  "a": 1,\n}'), (error) => {
    return (
      error instanceof InputError && error.describe().startsWith('package.json:3:1: this is not valid JSON')
    );
  });
  await assert.rejects(only('[]'), /must hold an object/);
  await assert.rejects(only(null), /could not be read \(EACCES\)/);
});

test('no package.json, or none that is not excluded, is said with what to do', async () => {
  await assert.rejects(findProjects(source({ 'app.js': '' })), (error) => {
    return error instanceof InputError && /no package\.json .*`working-directory`/.test(error.message);
  });
  await assert.rejects(
    findProjects(source({ 'old/package.json': {} }), (path) => path.startsWith('old/')),
    /every package\.json is excluded by the policy/,
  );
});

test('what the policy excludes is no project', async () => {
  const { projects, problems } = await findProjects(
    source({ 'package.json': {}, 'test/fixtures/broken/package.json': '{' }),
    (path) => path.startsWith('test/'),
  );
  assert.deepEqual(
    projects.map(({ directory }) => directory),
    ['.'],
  );
  assert.deepEqual(problems, []);
});

test('a workspace that imports the Express which its root declares uses Express', async () => {
  const { projects } = await findProjects(
    source({
      'package.json': { workspaces: ['*'], dependencies: express },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: { '': { dependencies: express }, 'node_modules/express': { version: '4.18.2' } },
      },
      'api/package.json': { name: 'api' },
      'api/src/server.ts': 'import express from "express";',
      'client/package.json': { name: 'client' },
      'client/index.js': 'import React from "react"; // not from express',
      'client/tools/package.json': { name: 'tools' },
      'client/tools/serve.js': "const app = require('express')();",
    }),
  );
  assert.deepEqual(
    projects.map(({ directory, express: use }) => [directory, use?.declared, use?.resolved]),
    [
      ['.', '^4.17.1', '4.18.2'],
      ['api', null, '4.18.2'],
      ['client', undefined, undefined],
      ['client/tools', null, '4.18.2'],
    ],
  );
  const alone = await findProjects(
    source({
      'package.json': { name: 'root' },
      'api/package.json': { name: 'api' },
      'api/a.js': "require('express')",
    }),
  );
  assert.deepEqual(
    alone.projects.map(({ express: use }) => use),
    [null, null],
  );
});
