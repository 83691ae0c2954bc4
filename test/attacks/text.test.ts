/** Attacks by what people read: names and code that speak to the runner, to GitHub or to the eye. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { removeCheckouts } from '../action/checkout.ts';
import { faultyShop } from '../action/shops.ts';
import { runCli } from '../cli-process.ts';
import { type AttackEnd, attack } from './attack.ts';

after(removeCheckouts);

/** Controls other than the line feed, what turns the direction of text, and what is not seen. */
const unseen =
  /[\0-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/u;

const names = [
  'a\n::error::forged.js',
  'a\r::warning::forged.js',
  '%0A::error::forged.js',
  '::set-output name=verdict::forged.js',
  '##[error]forged.js',
  'forged\u202esj.exe.js',
  'for\u200bged.js',
  '\u001b[2J\u001b]0;forged\u0007.js',
  '\u2028::error::forged.js',
  '<!-- express-gate -->forged.js',
  '](https://forged.example) @forged/everyone.js',
];

const insecure = faultyShop['app.js']!;

function texts({ log, summary, outputs }: AttackEnd): string[] {
  return [log, summary, ...outputs.values()];
}

function assertNothingForged(end: AttackEnd): void {
  for (const { command, properties, data } of end.commands) {
    assert.match(command, /^(?:error|warning|notice|group|endgroup)$/, end.log);
    assert.ok(!data.startsWith('forged'), end.log);
    assert.match(properties.get('title') ?? 'express-gate', /^(?:[a-z-]+ \([a-z0-9]+|express-gate)/, end.log);
  }
  for (const text of texts(end)) {
    const at = text.search(unseen);
    assert.equal(at, -1, JSON.stringify(text.slice(Math.max(at - 80, 0), at + 20)));
  }
  assert.equal(end.outputs.get('verdict'), 'fail');
  assert.equal(end.code, 1);
}

describe('what people read', { skip: process.platform === 'win32', concurrency: 2 }, () => {
  it('is not forged by the names of files, and shows what is in them', async () => {
    const end = await attack({ files: Object.fromEntries(names.map((name) => [name, insecure])) });
    assert.equal(
      end.report.findings.filter(({ ruleId }) => ruleId === 'session-cookie-not-secure').length,
      names.length + 1,
      end.log,
    );
    assertNothingForged(end);
  });

  it('is not turned round by code: characters that are not seen are shown', async () => {
    const trojan = insecure.replace(
      'secure: false',
      "/*\u202e } \u2066if (production)\u2069 \u2066 */ secure: false, /* for\u200bged \u001b[8m \u2028::error::forged */ path: '/\u202e\u200b'",
    );
    const end = await attack({ files: { 'app.js': trojan } });
    assertNothingForged(end);
    const { stdout } = runCli([end.checkout.workspace, '--audit', 'off', '--format', 'text']);
    assert.equal(stdout.search(unseen), -1);
    assert.match(stdout, /\[U\+202E\]/);
  });

  it('is not forged by the names in a manifest and a lockfile', async () => {
    const evil = 'forged\u202e\n::error::forged @forged/everyone';
    const rename = (text: string) =>
      JSON.stringify({ ...JSON.parse(text), name: evil, version: evil }, null, 2);
    const end = await attack({
      files: {
        'package.json': rename(faultyShop['package.json']!),
        'package-lock.json': rename(faultyShop['package-lock.json']!),
      },
    });
    assertNothingForged(end);
  });

  it('is not forged by what the gate says of files that it cannot read', async () => {
    const end = await attack({
      files: Object.fromEntries(names.map((name) => [`odd/${name}`, '//\0\n'])),
    });
    assertNothingForged(end);
  });

  it('is not forged by a policy that the pull request brings', async () => {
    const evil = 'forged\u202e\n::error::forged';
    for (const policy of [
      `${JSON.stringify(evil)}: 1\n`,
      `fail-on: ${JSON.stringify(evil)}\n`,
      `exclude: [${JSON.stringify(evil)}]\nwaivers:\n  - {rule: session-cookie-not-secure, reason: ${JSON.stringify(evil)}, expires: 2100-01-01}\n`,
    ])
      assertNothingForged(await attack({ files: { '.github/express-gate.yml': policy } }));
  });
});
