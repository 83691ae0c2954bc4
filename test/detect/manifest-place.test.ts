/** Where package.json declares a dependency: the right field, the right key, whatever the text looks like. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { locateDependency } from '../../src/detect/manifest-place.ts';
import { dependencyFields } from '../../src/model/project.ts';

function marked(text: string, name = 'express'): string | null {
  const place = locateDependency({ path: 'package.json', text }, 'dependencies', name);
  if (place === null) return null;
  assert.equal(place.file, 'package.json');
  assert.equal(place.line, place.endLine);
  return text.split('\n')[place.line - 1]!.slice(place.column - 1, place.endColumn - 1);
}

describe('locateDependency', () => {
  it('gives line and columns of the value with its quotes', () => {
    const text = '{\r\n  "dependencies": {\r\n\t"express" : "^4.17.1",\r\n    "qs": "1"\r\n  }\r\n}\r\n';
    assert.deepEqual(locateDependency({ path: 'api/package.json', text }, 'dependencies', 'express'), {
      file: 'api/package.json',
      line: 3,
      column: 14,
      endLine: 3,
      endColumn: 23,
    });
  });

  it('takes the right field and the right key', () => {
    const text = JSON.stringify({
      express: 'a',
      scripts: { express: 'b', dependencies: { express: 'c' } },
      list: ['dependencies', { dependencies: { express: 'd' } }, 'express'],
      description: '"dependencies": {"express": "e"}',
      devDependencies: { express: 'f' },
      dependencies: { 'express-session': 'g', nested: { express: 'h' }, express: 'right' },
      overrides: { express: 'i' },
    });
    assert.equal(marked(text), '"right"');
  });

  it('decodes keys', () => {
    assert.equal(marked('{"depend\\u0065ncies": {"\\u0065xpress": "\\"1"}}'), '"\\"1"');
  });

  it('takes the last of equal keys, as JSON.parse does', () => {
    assert.equal(marked('{"dependencies": {"express": "1", "express": "2"}}'), '"2"');
    assert.equal(marked('{"dependencies": {"express": "1"}, "dependencies": {"express": "2"}}'), '"2"');
    assert.equal(marked('{"dependencies": {"express": "1"}, "dependencies": {}}'), null);
  });

  it('has no answer where there is no entry', () => {
    for (const text of [
      '',
      '[]',
      '"dependencies"',
      '{"dependencies": "express"}',
      '{"dependencies": ["express", "1"]}',
      '{"dependencies": {"express": {"express": "1"}}}',
      '{"dependencies": {"express": ["1"]}}',
      '{"dependencies": {"express',
      '}}}]]]{',
    ]) {
      assert.equal(marked(text), null, text);
    }
  });

  it('finds what JSON.parse finds, in any object and layout', () => {
    const key = fc.oneof(
      fc.constantFrom('express', 'dependencies', '__proto__'),
      fc.string({ unit: 'binary' }),
    );
    const manifest = fc.dictionary(
      fc.constantFrom(...dependencyFields, 'scripts'),
      fc.dictionary(
        key,
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json().map((json) => JSON.parse(json)),
        ),
      ),
    );
    fc.assert(
      fc.property(manifest, fc.constantFrom('', '  ', '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const parsed = JSON.parse(text).dependencies ?? {};
        for (const name of Object.keys(parsed)) {
          const found = marked(text, name);
          if (typeof parsed[name] === 'object' && parsed[name] !== null) assert.equal(found, null);
          else assert.deepEqual(JSON.parse(found!), parsed[name]);
        }
      }),
    );
  });

  it('survives any text and any depth', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[],:"\\ \nexpress', '"dependencies"') }),
        (text) => {
          locateDependency({ path: 'package.json', text }, 'dependencies', 'express');
        },
      ),
    );
    const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)},"dependencies":{"express":"1"}}`;
    assert.equal(marked(deep), '"1"');
  });
});
