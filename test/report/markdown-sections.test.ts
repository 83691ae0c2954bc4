/** Tries any sections in any room: what is kept is whole, from the front, within the limit, and what is not kept is counted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { joinSections, type Section } from '../../src/report/markdown-sections.ts';

const section = (id: number, lengths: readonly number[], most: number): Section => ({
  before: `<before${id}>\n`,
  pieces: lengths.map((length, index) => ({
    markdown: `[${id}.${index}${'é'.repeat(length)}]`,
    weight: index + 1,
  })),
  between: '\n',
  most,
  noun: ['thing', 'things'],
  after: `<after${id}>`,
});

const sections = fc.array(fc.tuple(fc.array(fc.nat(30), { maxLength: 20 }), fc.nat(25)), { maxLength: 5 });

test('pieces are kept whole and in order, within the limit, and the rest is counted', () => {
  for (const sizeOf of [(text: string) => text.length, (text: string) => Buffer.byteLength(text)]) {
    fc.assert(
      fc.property(sections, fc.nat(3000), (shapes, extra) => {
        const parts = shapes.map(([lengths, most], id) => section(id, lengths, most));
        const frames = sizeOf(joinSections(parts, { limit: 0, sizeOf, elsewhere: 'see there' }));
        const text = joinSections(['first', ...parts, 'last'], {
          limit: frames + 20 + extra,
          sizeOf,
          elsewhere: 'see there',
        });
        assert.ok(sizeOf(text) <= frames + 20 + extra);
        assert.ok(text.startsWith('first') && text.endsWith('last\n'));
        for (const [id, { pieces, most }] of parts.entries()) {
          const kept = pieces.filter(({ markdown }) => text.includes(markdown));
          assert.deepEqual(kept, pieces.slice(0, kept.length));
          assert.ok(kept.length <= most);
          assert.equal(text.includes(`<before${id}>`), pieces.length > 0);
          assert.equal(text.includes(`<after${id}>`), pieces.length > 0);
        }
        const counted = [
          ...text.matchAll(/(\d+)(?: more)? things? (?:is|are) left out here: see there\./g),
        ].reduce((sum, found) => sum + Number(found[1]), 0);
        const missing = parts
          .flatMap(({ pieces }) => pieces)
          .filter(({ markdown }) => !text.includes(markdown));
        assert.equal(
          counted,
          missing.reduce((sum, { weight }) => sum + weight, 0),
        );
      }),
      { numRuns: 1000 },
    );
  }
});

test('with room for all, nothing is left out', () => {
  const text = joinSections([section(0, [1, 2, 3], 3)], {
    limit: Number.POSITIVE_INFINITY,
    sizeOf: (t) => t.length,
    elsewhere: '',
  });
  assert.equal(text, '<before0>\n[0.0é]\n[0.1éé]\n[0.2ééé]\n\n<after0>\n');
});

test('the head of a table goes with its last row', () => {
  const table = { ...section(0, [5], 0), before: '#### Title\n\n| a |\n| - |\n' };
  const text = joinSections([table], { limit: 1000, sizeOf: (t) => t.length, elsewhere: 'see there' });
  assert.equal(text, '#### Title\n\n1 thing is left out here: see there.\n\n<after0>\n');
});
