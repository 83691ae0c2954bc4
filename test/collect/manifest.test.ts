/** Reading the fields of a package.json that nobody vouches for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isMarker, parseManifest } from '../../src/collect/manifest.ts';
import { workspacePatterns } from '../../src/collect/workspaces.ts';
import { InputError } from '../../src/model/input-error.ts';

const parse = (value: unknown) => parseManifest(JSON.stringify(value), 'package.json');

test('fields of the right type are taken, others are left out', () => {
  const manifest = parse({
    name: 'shop',
    version: 1,
    private: true,
    main: ['a'],
    scripts: { start: 'node .', bad: 3 },
    dependencies: { express: '^4.17.1', odd: null, object: {} },
    devDependencies: ['express'],
    bin: { shop: 'bin/shop.js' },
    workspaces: ['packages/*', 7],
    exports: { '.': './index.js' },
    unknown: true,
  });
  assert.deepEqual(Object.keys(manifest).sort(), [
    'bin',
    'dependencies',
    'exports',
    'name',
    'private',
    'scripts',
    'workspaces',
  ]);
  assert.deepEqual({ ...manifest.scripts }, { start: 'node .' });
  assert.deepEqual({ ...manifest.dependencies }, { express: '^4.17.1' });
  assert.deepEqual(workspacePatterns(manifest), ['packages/*']);
});

test('both forms of workspaces, and forms that are none', () => {
  assert.deepEqual(workspacePatterns(parse({ workspaces: { packages: ['a', null], nohoist: [] } })), ['a']);
  assert.deepEqual(workspacePatterns(parse({ workspaces: {} })), []);
  assert.deepEqual(workspacePatterns(parse({ workspaces: 'packages/*' })), []);
  assert.deepEqual(workspacePatterns(parse({})), []);
});

test('keys that mean something to JavaScript are keys like others', () => {
  const manifest = parseManifest(
    '{"__proto__": {"name": "polluted"}, "dependencies": {"__proto__": "1", "constructor": "2", "toString": "3"}}',
    'package.json',
  );
  assert.equal(manifest.name, undefined);
  assert.deepEqual(Object.entries(manifest.dependencies!), [
    ['__proto__', '1'],
    ['constructor', '2'],
    ['toString', '3'],
  ]);
  assert.equal(Object.hasOwn(Object.prototype, 'name'), false);
  assert.equal(manifest.dependencies!.hasOwnProperty, undefined);
});

test('what is no JSON object is refused with its place', () => {
  for (const text of ['[]', '"a"', 'null', '3']) {
    assert.throws(() => parseManifest(text, 'a/package.json'), /a package\.json must hold an object/);
  }
  assert.throws(
    () => parseManifest('{\n  "name": "a",\n}', 'a/package.json'),
    (error) => error instanceof InputError && error.describe().startsWith('a/package.json:3:1: '),
  );
});

test('any JSON is read or refused, never worse', () => {
  const value = fc.dictionary(
    fc.constantFrom('name', 'bin', 'workspaces', 'dependencies', 'scripts', 'private', '__proto__'),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(fc.oneof(value, fc.jsonValue()), (each) => {
      try {
        workspacePatterns(parse(each));
      } catch (error) {
        assert.ok(error instanceof InputError);
      }
    }),
  );
});

test('a package.json that only marks the module type is known from a project', () => {
  assert.equal(isMarker(parse({ type: 'module' })), true);
  assert.equal(isMarker(parse({ type: 'commonjs', main: 'a.js', dependencies: {} })), true);
  assert.equal(isMarker(parse({ name: 'a' })), false);
  assert.equal(isMarker(parse({ dependencies: { express: '4' } })), false);
  assert.equal(isMarker(parse({ scripts: { start: 'node .' } })), false);
});
