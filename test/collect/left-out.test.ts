/** The words for what was not read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeLeftOut, hiddenByChange, type LeftOut, quotePath } from '../../src/collect/left-out.ts';

test('each reason has its sentence, those that matter first, with the first paths and the number of all', () => {
  const leftOut: LeftOut[] = [
    { path: 'public/a.js', reason: 'too-large', matters: false },
    ...['g', 'f', 'e', 'd', 'c', 'b', 'a'].map(
      (name): LeftOut => ({ path: `${name}.js`, reason: 'unreadable', matters: true, code: 'EACCES' }),
    ),
    { path: 'server.js', reason: 'too-large', matters: true },
  ];
  const sentences = describeLeftOut(leftOut);
  assert.equal(sentences.length, 3);
  assert.match(
    sentences[0]!,
    /^7 files or directories could not be read: a\.js \(EACCES\), b\.js \(EACCES\), .*e\.js \(EACCES\) and 2 more; /,
  );
  assert.match(sentences[1]!, /^1 file is too large to be read: server\.js; .*`exclude`/);
  assert.equal(sentences[2], '1 file is too large to be read (client-side, generated or test material).');
  assert.deepEqual(describeLeftOut(leftOut.toReversed()), sentences);
  assert.deepEqual(describeLeftOut([]), []);
});

test('a path with odd characters stands in quotes, with nothing in it that is not seen', () => {
  assert.equal(quotePath('src/Größe-日本.js'), 'src/Größe-日本.js');
  assert.equal(quotePath('a b.js'), '"a b.js"');
  assert.equal(quotePath('a\nb".js'), '"a\\nb\\".js"');
  assert.equal(quotePath('a\u202eb\u009b.js'), '"a\\u{202e}b\\u{9b}.js"');
});

test('a change hides what the base shows and what is new, and not what was left out before', () => {
  const leftOut = (path: string, reason: LeftOut['reason'], matters = true): LeftOut => ({
    path,
    reason,
    matters,
  });
  const base = {
    files: new Map(['app.js', 'src/deep/server.js'].map((path) => [path, path])),
    leftOut: [leftOut('large.js', 'too-large')],
  };
  const hidden = hiddenByChange(
    [
      leftOut('app.js', 'not-text'),
      leftOut('src', 'link-outside'),
      leftOut('new.js', 'too-large'),
      leftOut('large.js', 'too-large'),
      leftOut('link.js', 'link-outside'),
      leftOut('public/a.js', 'too-large', false),
    ],
    base,
  );
  assert.deepEqual(
    hidden.map(({ path }) => path),
    ['app.js', 'src', 'new.js'],
  );
});
