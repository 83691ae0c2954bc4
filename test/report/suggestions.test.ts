/** Holds one-click suggestions to their word: committed as GitHub does it, one gives the text that the correction gives, and only where GitHub takes it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatPatch, structuredPatch } from 'diff';
import fc from 'fast-check';
import type { JudgedFinding, TextEdit } from '../../src/model/finding.ts';
import type { SnapshotFile } from '../../src/model/snapshot.ts';
import { correctLines, linesOf } from '../../src/report/corrected-lines.ts';
import { readHunks } from '../../src/report/diff-hunks.ts';
import {
  correctableFindings,
  type ReviewComment,
  suggestCorrections,
  suggestedFingerprints,
} from '../../src/report/suggestions.ts';
import { draftFaults } from '../stand-ins/github-pulls.ts';
import { hostileReport, sampleReport } from './verdict-fixtures.ts';

const context = { commentKey: 'shop', pathPrefix: 'apps/shop/' };
const file = 'app.js';
const path = 'apps/shop/app.js';
const [sample] = sampleReport(1).verdict.findings;

interface Made {
  readonly edits: readonly TextEdit[];
  readonly fingerprint?: string;
  readonly outcome?: JudgedFinding['outcome'];
  readonly status?: JudgedFinding['status'];
  readonly message?: string;
}

function finding({
  edits,
  fingerprint = 'f1',
  outcome = 'warn',
  status = 'new',
  ...rest
}: Made): JudgedFinding {
  const fix = { description: 'Write it right.', edits };
  return { ...sample!, ...rest, fingerprint, outcome, status, fix };
}

/** An edit within one line. */
function edit(line: number, from: number, to: number, text: string, name = file): TextEdit {
  return { file: name, start: { line, column: from }, end: { line, column: to }, text };
}

/** What GitHub lists for a file: the hunks only, no line feed at the end. */
function patchOf(before: string, after: string, around = 3): string {
  const whole = formatPatch(structuredPatch('a', 'b', before, after, '', '', { context: around }));
  return whole.slice(whole.search(/^@@/m)).replace(/\n$/, '');
}

function filesWith(text: string): Map<string, SnapshotFile> {
  return new Map([[file, { path: file, text }]]);
}

function suggest(findings: readonly JudgedFinding[], text: string, patch: string | undefined) {
  const patches = new Map(patch === undefined ? [] : [[path, patch]]);
  return suggestCorrections(findings, filesWith(text), patches, context);
}

/** Reads the suggestion as GitHub does: a fence is closed by a line of at least as many backticks. */
function contentOf({ body }: ReviewComment): string {
  const lines = body.match(/[^\n]*\n|[^\n]+/g) ?? [];
  const open = lines.findIndex((line) => /^`{3,}suggestion$/.test(line.trimEnd()));
  const length = /^`+/.exec(lines[open]!)![0].length;
  const close = lines.findIndex((line, index) => {
    const ticks = /^ {0,3}(`+)[ \t]*\r?\n?$/.exec(line)?.[1];
    return index > open && ticks !== undefined && ticks.length >= length;
  });
  assert.equal(close, lines.length - 1, `the fence ends where it should:\n${body}`);
  return lines.slice(open + 1, close).join('');
}

/** The text after the suggestion is committed. */
function committed(text: string, comment: ReviewComment): string {
  const lines = text.match(/[^\n]*\n|[^\n]+/g) ?? [];
  lines.splice(
    (comment.start_line ?? comment.line) - 1,
    comment.line - (comment.start_line ?? comment.line) + 1,
    contentOf(comment),
  );
  return lines.join('');
}

function applied(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const offset = ({ line, column }: TextEdit['start']) =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  return [...edits]
    .sort((a, b) => offset(b.start) - offset(a.start))
    .reduce((all, each) => all.slice(0, offset(each.start)) + each.text + all.slice(offset(each.end)), text);
}

/** Texts whose lines look like code and like Markdown, and texts that another change made of them. */
const line = fc.constantFrom(
  '',
  'a',
  '  b: 1,',
  '```',
  '``` js',
  '````',
  '~~~',
  '    ````',
  '`x`',
  '\tc',
  '<!-- -->',
  '-->',
  'é€',
);
const texts = fc
  .record({
    lines: fc.array(fc.record({ now: line, before: fc.option(line, { freq: 4 }) }), {
      minLength: 1,
      maxLength: 30,
    }),
    end: fc.constantFrom('\n', '\r\n'),
    last: fc.boolean(),
  })
  .map(({ lines, end, last }) => {
    const join = (all: readonly string[]) => all.join(end) + (last ? end : '');
    return {
      end,
      text: join(lines.map(({ now }) => now)),
      before: join(lines.map(({ now, before }) => before ?? now)),
    };
  })
  .filter(({ text }) => text.trim() !== '');

/** One correction of a text: edits that do not overlap, some of several lines. */
function editsOf(text: string, end: string): fc.Arbitrary<TextEdit[]> {
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text)
    .split('\n')
    .map((each) => each.replace(/\r$/, ''));
  const place = fc
    .nat(lines.length - 1)
    .chain((index) =>
      fc.nat(lines[index]!.length).map((column) => ({ line: index + 1, column: column + 1 })),
    );
  const by = fc.array(line, { maxLength: 3 }).map((all) => all.join(end));
  return fc
    .uniqueArray(place, {
      minLength: 2,
      maxLength: 6,
      selector: ({ line: at, column }) => at * 1000 + column,
    })
    .chain((places) =>
      fc.array(by, { minLength: 3, maxLength: 3 }).map((replacements) => {
        const sorted = [...places].sort((a, b) => a.line - b.line || a.column - b.column);
        return sorted.flatMap((start, index): TextEdit[] => {
          const stop = sorted[index + 1];
          return index % 2 === 1 || stop === undefined
            ? []
            : [{ file, start, end: stop, text: replacements[index / 2]! }];
        });
      }),
    );
}

describe('a suggestion', () => {
  it('gives, when committed, what the correction gives, and GitHub takes its place', () => {
    let suggested = 0;
    fc.assert(
      fc.property(
        texts.chain(({ text, before, end }) => editsOf(text, end).map((edits) => ({ text, before, edits }))),
        ({ text, before, edits }) => {
          const patch = patchOf(before, text);
          const { comments } = suggest([finding({ edits })], text, patch);
          const expected = applied(text, edits);
          if (comments.length === 0) return;
          suggested += 1;
          assert.equal(comments.length, 1);
          const draft = { event: 'COMMENT', body: 'x', comments };
          assert.deepEqual(draftFaults(draft, [{ filename: path, patch }], null), []);
          const after = committed(text, comments[0]!);
          assert.ok(
            after === expected || after === `${expected}\n`,
            JSON.stringify({ after, expected, comments }),
          );
        },
      ),
      { numRuns: 2000 },
    );
    assert.ok(suggested > 200, `only ${suggested} of 2000 were in the diff`);
  });

  it('is there whenever the lines that change are in one hunk', () => {
    fc.assert(
      fc.property(
        texts.chain(({ text, end }) => editsOf(text, end).map((edits) => ({ text, edits }))),
        ({ text, edits }) => {
          const { comments } = suggest([finding({ edits })], text, patchOf('', text));
          assert.equal(comments.length, applied(text, edits) === text ? 0 : 1);
        },
      ),
      { numRuns: 500 },
    );
  });

  const text = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n';

  it('replaces one line without a start, several with one', () => {
    const patch = patchOf('', text);
    const [one] = suggest([finding({ edits: [edit(2, 1, 4, '2')] })], text, patch).comments;
    assert.deepEqual({ ...one!, body: '' }, { path, side: 'RIGHT', line: 2, body: '' });
    const [two] = suggest(
      [finding({ edits: [edit(2, 1, 4, '2'), edit(4, 1, 5, '4')] })],
      text,
      patch,
    ).comments;
    assert.deepEqual(
      { ...two!, body: '' },
      { path, side: 'RIGHT', line: 4, start_line: 2, start_side: 'RIGHT', body: '' },
    );
    assert.equal(contentOf(two!), '2\nthree\n4\n');
  });

  it('keeps CRLF', () => {
    const windows = text.replaceAll('\n', '\r\n');
    const [comment] = suggest(
      [finding({ edits: [edit(2, 4, 4, ',\r\nmore')] })],
      windows,
      patchOf('', windows),
    ).comments;
    assert.equal(contentOf(comment!), 'two,\r\nmore\r\n');
  });

  it('is only for lines of one hunk of the very text that was judged', () => {
    const before = text.replace('two', '2').replace('nine', '9');
    const patch = patchOf(before, text, 1);
    const at = (...lines: number[]) =>
      suggest([finding({ edits: lines.map((number) => edit(number, 1, 1, 'x')) })], text, patch).comments
        .length;
    assert.deepEqual([at(1), at(3), at(4), at(5), at(8), at(10)], [1, 1, 0, 0, 1, 1]);
    assert.equal(at(2, 9), 0, 'two hunks');
    assert.equal(suggest([finding({ edits: [edit(2, 1, 1, 'x')] })], text, undefined).comments.length, 0);
    for (const broken of ['', 'no patch', '@@ -1,9 +1,9 @@\n one', '@@', '@@ -0,0 +1,99999999999 @@\n+a'])
      assert.equal(suggest([finding({ edits: [edit(2, 1, 1, 'x')] })], text, broken).comments.length, 0);
  });

  it('names the line of the head, also where the judged text is its merge into a base that has moved', () => {
    const patch = patchOf(text.replace('two', '2').replace('nine', '9'), text, 1);
    const at = (judged: string, number: number) =>
      suggest([finding({ edits: [edit(number, 1, 1, 'x')] })], judged, patch).comments.map((one) => one.line);
    assert.deepEqual(at(`zero\n${text}`, 3), [2]);
    assert.deepEqual(at(`zero\n${text}`, 10), [9]);
    assert.deepEqual(at(text.replace('five', 'five\nnew'), 2), [2]);
    assert.deepEqual(at(text.replace('five', 'five\nnew'), 10), [9]);
    // The base changed a line of the hunk, or the lines stand there twice: which are meant?
    assert.deepEqual(at(text.replace('eight', '8'), 9), []);
    assert.deepEqual(at(`zero\n${text}${text}`, 3), []);
  });

  it('is none where lines are counted in several ways, or hold what a reader cannot see', () => {
    for (const odd of ['one\rtwo\n', 'one\u2028two\n', 'on\u202ee\n', 'on\u0000e\n', 'on\ufffde\n']) {
      assert.deepEqual(
        suggest([finding({ edits: [edit(1, 1, 1, 'x')] })], odd, patchOf('', odd)).comments,
        [],
      );
    }
    const fine = 'one\u202e\ntwo\n';
    assert.equal(
      suggest([finding({ edits: [edit(2, 1, 1, 'x')] })], fine, patchOf('', fine)).comments.length,
      1,
    );
  });

  it('is one for findings that share lines, and leaves out what cannot be done as well', () => {
    const patch = patchOf('', text);
    const findings = [
      finding({ edits: [edit(2, 4, 4, ', a')], fingerprint: 'a' }),
      finding({ edits: [edit(4, 1, 5, '4')], fingerprint: 'b' }),
      finding({ edits: [edit(2, 4, 4, ', a'), edit(4, 5, 5, ', c')], fingerprint: 'c' }),
      finding({ edits: [edit(3, 2, 4, 'x')], fingerprint: 'd' }),
      finding({ edits: [edit(3, 1, 3, 'y')], fingerprint: 'e' }),
      finding({ edits: [edit(7, 1, 3, 'z')], fingerprint: 'f' }),
    ];
    const { comments } = suggest(findings, text, patch);
    assert.deepEqual(
      comments.map(({ body }) => suggestedFingerprints(body, 'shop')),
      [['a', 'b', 'c', 'd'], ['f']],
    );
    assert.equal(contentOf(comments[0]!), 'two, a\ntxee\n4, c\n');
  });

  it('is one of 20 at most, and says how many follow', () => {
    const long = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join('');
    const findings = Array.from({ length: 25 }, (_, index) =>
      finding({ edits: [edit(index + 1, 1, 1, 'x')], fingerprint: `f${index}` }),
    );
    const { comments, later } = suggest(findings, long, patchOf('', long));
    assert.deepEqual([comments.length, later], [20, 5]);
  });

  it('is known again by its mark, with its key', () => {
    const hostile = finding({ edits: [edit(2, 1, 1, 'x')], fingerprint: 'a" --> b' });
    const [comment] = suggest([hostile], text, patchOf('', text)).comments;
    assert.equal(suggestedFingerprints(comment!.body, 'shop').length, 1);
    assert.deepEqual(suggestedFingerprints(comment!.body, ''), []);
    assert.deepEqual(suggestedFingerprints(`> ${comment!.body}`, 'shop'), []);
    assert.deepEqual(suggestedFingerprints('<!-- express-gate:suggestion key="shop" findings="', 'shop'), []);
  });
});

describe('findings with a suggestion', () => {
  it('are those that the change brings, not waived, with edits in one file that was read; what blocks comes first', () => {
    const edits = [edit(1, 1, 1, 'x')];
    const findings = [
      finding({ edits, fingerprint: 'warns' }),
      finding({ edits, fingerprint: 'old', status: 'unchanged' }),
      finding({ edits, fingerprint: 'waived', outcome: 'waived' }),
      finding({ edits: [], fingerprint: 'no edits' }),
      finding({ edits: [...edits, edit(1, 1, 1, 'x', 'other.js')], fingerprint: 'two files' }),
      finding({ edits: [edit(1, 1, 1, 'x', 'unread.js')], fingerprint: 'unread' }),
      finding({ edits, fingerprint: 'blocks', outcome: 'block', status: 'unknown' }),
    ];
    const report = sampleReport(1);
    const input = { ...report, verdict: { ...report.verdict, findings }, files: filesWith('one\n') };
    assert.deepEqual(
      correctableFindings(input).map(({ fingerprint }) => fingerprint),
      ['blocks', 'warns'],
    );
  });

  it('of a hostile report break nothing', () => {
    const { verdict } = hostileReport();
    const text = 'one\n';
    const findings = verdict.findings.map((each) => ({
      ...each,
      fix: { description: '', edits: [edit(1, 1, 1, 'x')] },
    }));
    for (const { body } of suggest(findings, text, patchOf('', text)).comments) {
      assert.equal(body.indexOf('-->'), body.indexOf('\n') - 3);
      assert.ok(body.length <= 65_000);
    }
  });
});

describe('lines that a correction replaces', () => {
  it('are none where its edits overlap or lie outside of the text', () => {
    const text = 'one\ntwo\n';
    const cases: TextEdit[][] = [
      [],
      [edit(1, 1, 3, 'x'), edit(1, 2, 4, 'y')],
      [edit(3, 1, 1, 'x')],
      [edit(0, 1, 1, 'x')],
      [edit(1, 5, 5, 'x')],
      [edit(1, 3, 2, 'x')],
      [edit(1, 0, 2, 'x')],
      [edit(Number.NaN, 1, 1, 'x')],
      [edit(1, 1, 4, 'one')],
    ];
    for (const edits of cases) assert.equal(correctLines(linesOf(text)!, edits), null, JSON.stringify(edits));
  });

  it('are as few as can be', () => {
    const across: TextEdit = { file, start: { line: 1, column: 1 }, end: { line: 2, column: 1 }, text: '' };
    assert.deepEqual(correctLines(linesOf('one\ntwo\n')!, [across]), { first: 1, last: 1, text: '' });
    assert.deepEqual(correctLines(linesOf('one\ntwo')!, [edit(2, 4, 4, '\nthree')]), {
      first: 2,
      last: 2,
      text: 'two\nthree',
    });
  });
});

describe('the hunks of a patch', () => {
  it('are the lines of the new text', () => {
    assert.deepEqual(
      readHunks('@@ -1,2 +1,3 @@ function f() {\n a\n-b\n+c\r\n+d\n\\ No newline at end of file'),
      [{ start: 1, lines: ['a', 'c', 'd'] }],
    );
    assert.deepEqual(readHunks('@@ -1 +0,0 @@\n-a'), [{ start: 1, lines: [] }]);
  });

  it('are none of what is no patch, whatever it is', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => Array.isArray(readHunks(text))));
  });
});
