/** Finding a program on PATH without letting the scanned directory say what runs. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { test } from 'node:test';
import { findProgram } from '../../src/collect/program-path.ts';
import { isInside } from '../../src/model/path-inside.ts';
import { makeTree } from './file-tree.ts';

const program = process.platform === 'win32' ? 'tool.exe' : 'tool';

test('the first program of the name on PATH, but none of the scanned directory and none by a relative entry', (context) => {
  const repository = makeTree(context, { [`bin/${program}`]: '', [`node_modules/.bin/${program}`]: '' });
  const system = makeTree(context, { [`one/${program}`]: '', [`two/${program}`]: '' });
  for (const path of [
    join(repository, 'bin', program),
    join(repository, 'node_modules/.bin', program),
    join(system, 'one', program),
    join(system, 'two', program),
  ]) {
    chmodSync(path, 0o755);
  }
  const find = (...entries: string[]) => findProgram('tool', repository, { PATH: entries.join(delimiter) });
  assert.equal(
    find(
      join(repository, 'bin'),
      join(repository, 'node_modules/.bin'),
      '.',
      '',
      'bin',
      join(system, 'one'),
      join(system, 'two'),
    ),
    join(system, 'one', program),
  );
  assert.equal(find(repository, '.'), null);
  assert.equal(findProgram('tool', repository, {}), null);
});

test('a directory of the name, and a file that may not be run, are no program', (context) => {
  const system = makeTree(context, { [`plain/${program}`]: '' });
  mkdirSync(join(system, 'directory', program), { recursive: true });
  const entries = [
    join(system, 'directory'),
    ...(process.platform === 'win32' ? [] : [join(system, 'plain')]),
  ];
  assert.equal(findProgram('tool', makeTree(context, {}), { PATH: entries.join(delimiter) }), null);
});

test('Windows spells the variable as it likes and the program with an ending', (context) => {
  const system = makeTree(context, { 'git.exe': '' });
  chmodSync(join(system, 'git.exe'), 0o755);
  assert.equal(findProgram('git', makeTree(context, {}), { Path: system }, 'win32'), join(system, 'git.exe'));
});

test('inside is at or below', () => {
  const inside = (path: string, directory: string) => isInside(resolve(path), resolve(directory));
  assert.deepEqual(
    [
      inside('/a', '/a'),
      inside('/a/b', '/a'),
      inside('/a/..b', '/a'),
      inside('/a', '/a/b'),
      inside('/ab', '/a'),
      inside('/', '/a'),
    ],
    [true, true, true, false, false, false],
  );
});
