/** Holds what findings say of the environment: which line of which file gives the value, and never a secret. */
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { detect } from '../../../src/detect/detect.ts';
import { ruleIds } from '../../../src/model/rule-ids.ts';
import { readFixture } from '../../rules/fixture.ts';

const rules = join(dirname(fileURLToPath(import.meta.url)), '../../rules');
const today = '2026-11-24';

async function judged(rule: string, fixture: string, environment: Record<string, string> = {}) {
  const { snapshots } = await readFixture(join(rules, rule, fixture), today, new Set(ruleIds));
  const [snapshot] = snapshots.values();
  const { findings, undecided } = detect(snapshot!, {
    environment: new Map(Object.entries(environment)),
    today,
  });
  return {
    finding: findings.find(({ ruleId }) => ruleId === rule),
    reason: undecided.find(({ ruleId }) => ruleId === rule)?.reason,
  };
}

const notSecure = 'session-cookie-not-secure';
const hardcoded = 'session-secret-hardcoded';

it('a finding names the line that gives the value', async () => {
  const { finding } = await judged(notSecure, 'dockerfile-environment');
  assert.match(finding!.message, /`cookie\.secure` is false there \(set in Dockerfile:4\)\.$/);
  assert.deepEqual(finding!.related, [
    { file: 'Dockerfile', line: 4, column: 5, message: 'production gets `COOKIE_SECURE` from here' },
  ]);
  assert.equal(finding!.fix, undefined);
});

it('a secret is found where it stands, and not repeated', async () => {
  for (const [fixture, file, line] of [
    ['dockerfile', 'Dockerfile', 3],
    ['committed-env', '.env', 4],
    ['committed-env-list', '.env', 2],
    ['compose-default', 'docker-compose.yml', 6],
    ['kubernetes-secret', 'k8s/shop.yaml', 7],
  ] as const) {
    const { finding } = await judged(hardcoded, fixture);
    assert.deepEqual([finding!.location.file, finding!.location.line], [file, line]);
    assert.equal(finding!.related[0]!.file, 'app.js');
    assert.doesNotMatch(JSON.stringify(finding), /correct|horse|Y29y/, fixture);
  }
});

it('what is undecided names the variable, and the files that do not decide it', async () => {
  assert.equal(
    (await judged(notSecure, 'platform-files-disagree')).reason,
    'fly.toml:4 and render.yaml:6 do not give the environment variable `COOKIE_SECURE` the same value',
  );
  assert.equal(
    (await judged(notSecure, 'dotenv-default')).reason,
    'it depends on the environment variable `COOKIE_SECURE`, for which .env:1 only has a default',
  );
  assert.equal(
    (await judged(notSecure, 'other-name-of-production')).reason,
    'it depends on the environment variable `APP_ENV`',
  );
});

it('the policy wins over all files', async () => {
  const { finding } = await judged(notSecure, 'dockerfile-environment', { COOKIE_SECURE: 'true' });
  assert.equal(finding, undefined);
  for (const fixture of ['dotenv-override', 'dotenv-default', 'platform-files-disagree'])
    assert.deepEqual(
      await judged(notSecure, fixture, { COOKIE_SECURE: 'true' }),
      { finding: undefined, reason: undefined },
      fixture,
    );
});
