/** Holds the automatic corrections of the session and cookie rules to their word: applied, the program still parses, and what they correct is gone. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseSource } from '../../src/detect/code/parse.ts';
import { detect } from '../../src/detect/detect.ts';
import { rules } from '../../src/detect/rule-list.ts';
import type { Finding, TextEdit } from '../../src/model/finding.ts';
import { ruleIds } from '../../src/model/rule-ids.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { readFixture } from '../rules/fixture.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', 'rules');
const today = '2026-11-24';
const sessionRules = new Set(
  rules
    .filter(({ id, level }) => level === 'session' || /^cookie-(?:not|same)-/.test(id))
    .map(({ id }) => id),
);

/** What one reviewer who accepts all suggestions gets; equal edits are one. */
function applied(snapshot: Snapshot, edits: readonly TextEdit[]): Snapshot {
  const files = new Map(snapshot.files);
  for (const [path, file] of files) {
    const lines = file.text.split('\n');
    const offset = ({ line, column }: TextEdit['start']): number =>
      lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
    const unique = new Map(
      edits.filter((edit) => edit.file === path).map((edit) => [JSON.stringify(edit), edit]),
    );
    const sorted = [...unique.values()].sort(
      (a, b) => offset(b.start) - offset(a.start) || offset(b.end) - offset(a.end),
    );
    let { text } = file;
    let last = Number.POSITIVE_INFINITY;
    for (const edit of sorted) {
      assert.ok(offset(edit.end) <= last, `edits overlap: ${JSON.stringify(sorted)}`);
      last = offset(edit.start);
      text = text.slice(0, offset(edit.start)) + edit.text + text.slice(offset(edit.end));
    }
    if (text !== file.text) files.set(path, { ...file, text });
  }
  return { ...snapshot, files };
}

function sessionFindings(snapshot: Snapshot): Finding[] {
  return detect(snapshot, { environment: new Map(), today }).findings.filter(({ ruleId }) =>
    sessionRules.has(ruleId as never),
  );
}

function counts(findings: readonly Finding[]): Map<string, number> {
  const byRule = new Map<string, number>();
  for (const { ruleId } of findings) byRule.set(ruleId, (byRule.get(ruleId) ?? 0) + 1);
  return byRule;
}

/** Applies the corrections and says what is then not as it should be. */
function afterwards(snapshot: Snapshot, findings: readonly Finding[], fixed: readonly Finding[]): void {
  const after = applied(
    snapshot,
    fixed.flatMap(({ fix }) => fix?.edits ?? []),
  );
  for (const [path, { text }] of after.files)
    if (text !== snapshot.files.get(path)!.text && /\.[cm]?[jt]sx?$/.test(path))
      assert.equal(parseSource(path, text).problem, null, text);
  const before = counts(findings);
  const expected = counts(fixed);
  const left = counts(sessionFindings(after));
  const texts = [...after.files.values()]
    .filter(({ path, text }) => text !== snapshot.files.get(path)!.text)
    .map(({ text }) => text)
    .join('\n');
  for (const rule of sessionRules)
    assert.ok(
      (left.get(rule) ?? 0) <= (before.get(rule) ?? 0) - (expected.get(rule) ?? 0),
      `${rule}: ${before.get(rule) ?? 0} findings, ${expected.get(rule) ?? 0} corrected, ${left.get(rule) ?? 0} left\n${texts}`,
    );
}

let corrected = 0;
for (const id of [...sessionRules].sort()) {
  describe(`corrections in the fixtures of ${id}`, () => {
    for (const name of readdirSync(join(root, id)).sort()) {
      it(name, async () => {
        const { snapshots } = await readFixture(join(root, id, name), today, new Set(ruleIds));
        const [snapshot] = snapshots.values();
        const findings = sessionFindings(snapshot!);
        const fixed = findings.filter(({ fix }) => fix !== undefined);
        corrected += fixed.length;
        afterwards(snapshot!, findings, fixed);
        for (const one of fixed) afterwards(snapshot!, findings, [one]);
      });
    }
  });
}

it('there are corrections', () => {
  assert.ok(corrected > 100, `${corrected}`);
});
