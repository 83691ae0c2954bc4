/** Asks a local OSV about a lockfile, in each way in which it can answer, page, fail or lie. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Audit, AuditAdvisory } from '../../src/model/audit.ts';
import { InputError } from '../../src/model/input-error.ts';
import { type StandInOsv, type StandInOsvOptions, type StandInRecord, startOsv } from '../stand-ins/osv.ts';
import type { StandInFailure } from '../stand-ins/registry.ts';
import { auditOf } from './npm-audit-case.ts';

const open: StandInOsv[] = [];
after(() => Promise.all(open.map((each) => each.close())));

async function osv(options: StandInOsvOptions): Promise<StandInOsv> {
  const started = await startOsv(options);
  open.push(started);
  return started;
}

/** A lockfile of packages on the top level, each `name@version`. */
function lockfileWith(...specs: readonly string[]): string {
  const packages = Object.fromEntries(
    specs.map((spec) => {
      const at = spec.lastIndexOf('@');
      return [`node_modules/${spec.slice(0, at)}`, { version: spec.slice(at + 1) }];
    }),
  );
  const dependencies = Object.fromEntries(specs.map((spec) => [spec.slice(0, spec.lastIndexOf('@')), '*']));
  return JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: { '': { name: 'shop', dependencies }, ...packages },
  });
}

/** Asks nobody for what is published: a port that nobody listens on. */
const nowhere = 'http://127.0.0.1:9/';

async function ask(
  service: StandInOsv | string,
  lockfile: string,
  options: Parameters<typeof auditOf>[2] = {},
): Promise<Audit> {
  const url = typeof service === 'string' ? service : service.url;
  return auditOf(nowhere, lockfile, {
    manifests: { '.': { name: 'shop' } },
    request: { audit: 'osv' },
    environment: () => ({ EXPRESS_GATE_OSV_URL: url }),
    ...options,
  });
}

function found({ answer }: Audit): readonly AuditAdvisory[] {
  assert.equal(answer.kind, 'report', JSON.stringify(answer));
  return answer.kind === 'report' ? answer.advisories : [];
}

function qsRecord(parts: Readonly<Record<string, unknown>> = {}): StandInRecord {
  return {
    id: 'GHSA-hrpp-h998-j3pp',
    summary: 'qs vulnerable to Prototype Pollution',
    aliases: ['CVE-2022-24999'],
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' }],
    affected: [
      {
        package: { ecosystem: 'npm', name: 'qs', purl: 'pkg:npm/qs' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '6.7.0' }, { fixed: '6.7.3' }] }],
      },
      {
        package: { ecosystem: 'npm', name: 'qs', purl: 'pkg:npm/qs' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '6.5.3' }] }],
      },
    ],
    database_specific: { severity: 'HIGH', cwe_ids: ['CWE-1321'], github_reviewed: true },
    schema_version: '1.7.0',
    ...parts,
  };
}

describe('OSV', { concurrency: 2 }, () => {
  it('names the advisories of every package, with ids, range, score and weaknesses', async () => {
    const service = await osv({
      records: [qsRecord()],
      concerns: { 'qs@6.7.0': ['GHSA-hrpp-h998-j3pp'] },
    });
    const audit = await ask(service, lockfileWith('qs@6.7.0', 'ms@2.0.0', '@scope/a@1.0.0'));
    assert.equal(audit.asked, 'osv');
    assert.deepEqual(found(audit), [
      {
        id: 'GHSA-hrpp-h998-j3pp',
        cve: 'CVE-2022-24999',
        package: 'qs',
        severity: 'high',
        title: 'qs vulnerable to Prototype Pollution',
        url: 'https://github.com/advisories/GHSA-hrpp-h998-j3pp',
        cwe: [1321],
        cvss: 7.5,
        vulnerable: '>=6.7.0 <6.7.3 || <6.5.3',
        patched: null,
        nodes: ['node_modules/qs'],
        fixes: [],
        fixInRange: false,
      },
    ]);
    assert.deepEqual(
      service.batches.map((batch) => batch.map(({ package: { name }, version }) => `${name}@${version}`)),
      [['@scope/a@1.0.0', 'ms@2.0.0', 'qs@6.7.0']],
    );
  });

  it('is asked in batches of a thousand, and for every page', async () => {
    const specs = Array.from({ length: 2_345 }, (_, index) => `p${index}@1.0.0`);
    const ids = Array.from({ length: 7 }, (_, index) => `GHSA-2222-2222-222${index + 2}`);
    const records = ids.map((id) => ({
      ...qsRecord({
        aliases: [],
        affected: [{ package: { ecosystem: 'npm', name: 'p9' }, versions: ['1.0.0'] }],
      }),
      id,
    }));
    const service = await osv({ records, concerns: { 'p9@1.0.0': ids }, pageSize: 3 });
    const advisories = found(await ask(service, lockfileWith(...specs)));
    assert.deepEqual(
      advisories.map(({ id }) => id),
      ids,
    );
    const sizes = service.batches.map(({ length }) => length).sort((a, b) => b - a);
    assert.deepEqual(sizes, [1_000, 1_000, 345, 1, 1]);
    assert.deepEqual([...service.asked].sort(), ids);
  });

  it('unites the records of one vulnerability by their aliases', async () => {
    const malicious = {
      id: 'MAL-2026-1',
      aliases: ['GHSA-mmmm-mmmm-mmmm'],
      summary: 'Malicious code in evil (npm)',
      affected: [
        {
          package: { ecosystem: 'npm', name: 'evil' },
          versions: ['1.0.0'],
          database_specific: { cwes: [{ cweId: 'CWE-506' }] },
        },
      ],
    };
    const reviewed = {
      id: 'GHSA-mmmm-mmmm-mmmm',
      summary: 'Malware in evil',
      affected: [
        {
          package: { ecosystem: 'npm', name: 'evil' },
          ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
        },
      ],
      database_specific: { severity: 'HIGH' },
    };
    const service = await osv({
      records: [malicious, reviewed],
      concerns: { 'evil@1.0.0': ['MAL-2026-1', 'GHSA-mmmm-mmmm-mmmm'] },
    });
    const [advisory, ...others] = found(await ask(service, lockfileWith('evil@1.0.0')));
    assert.deepEqual(others, []);
    assert.equal(advisory!.id, 'GHSA-mmmm-mmmm-mmmm');
    assert.deepEqual(advisory!.aliases, ['MAL-2026-1']);
    assert.equal(advisory!.severity, 'critical');
    assert.deepEqual(advisory!.cwe, [506]);
  });

  it('has records that do not count, and records that it lost', async () => {
    const service = await osv({
      records: [
        qsRecord({ id: 'GHSA-wwww-wwww-wwww', withdrawn: '2026-01-01T00:00:00Z' }),
        qsRecord({ id: 'GHSA-pppp-pppp-pppp', affected: [{ package: { ecosystem: 'PyPI', name: 'qs' } }] }),
        // What was named does not lie in the record's own ranges.
        qsRecord({
          id: 'GHSA-rrrr-rrrr-rrrr',
          affected: [
            {
              package: { ecosystem: 'npm', name: 'qs' },
              ranges: [{ type: 'SEMVER', events: [{ introduced: '7.0.0' }] }],
            },
          ],
        }),
      ],
      concerns: {
        'qs@6.7.0': [
          'GHSA-wwww-wwww-wwww',
          'GHSA-pppp-pppp-pppp',
          'GHSA-rrrr-rrrr-rrrr',
          'GHSA-gggg-gggg-gggg',
        ],
      },
    });
    const advisories = found(await ask(service, lockfileWith('qs@6.7.0')));
    assert.deepEqual(
      advisories.map(({ id, severity, vulnerable }) => [id, severity, vulnerable]),
      [['GHSA-gggg-gggg-gggg', 'high', '6.7.0']],
    );
  });

  const world = { records: [qsRecord()], concerns: { 'qs@6.7.0': ['GHSA-hrpp-h998-j3pp'] } };

  const passing: StandInFailure[] = [
    { status: 500 },
    { status: 503 },
    { status: 429, headers: { 'retry-after': '0' } },
    'reset',
    'broken-off',
    'html',
    'truncated',
    'empty',
    'other-json',
  ];
  for (const failure of passing) {
    const name = typeof failure === 'string' ? failure : `HTTP ${failure.status}`;
    it(`is asked again after ${name}, for its batches and for its records`, async () => {
      const service = await osv({
        ...world,
        failures: [failure, failure],
        recordFailures: [failure, failure],
      });
      assert.equal(found(await ask(service, lockfileWith('qs@6.7.0'))).length, 1);
      assert.deepEqual([service.batches.length, service.asked.length], [3, 3]);
    });
    it(`could not be asked where ${name} does not end`, async () => {
      const service = await osv({ ...world, always: failure });
      const { answer } = await ask(service, lockfileWith('qs@6.7.0'));
      assert.equal(answer.kind, 'outage');
      assert.match('detail' in answer ? answer.detail : '', /^127\.0\.0\.1:\d+ .*, 3 attempts$/);
      assert.equal(service.batches.length, 3);
    });
  }

  it('could not be asked where it does not answer in time, or asks for a long pause', async () => {
    const slow = await ask(await osv({ ...world, always: 'hang' }), lockfileWith('qs@6.7.0'), {
      timing: { requestMs: 200, attempts: 1 },
    });
    assert.match(JSON.stringify(slow.answer), /"outage".*did not answer in time/);
    const busy = await osv({ ...world, always: { status: 429, headers: { 'retry-after': '900' } } });
    assert.match(
      JSON.stringify((await ask(busy, lockfileWith('qs@6.7.0'))).answer),
      /HTTP 429 and asks for a pause of 900 seconds, 1 attempt/,
    );
    assert.equal(busy.batches.length, 1);
  });

  it('could not be asked where nobody listens, where it has no such page, or where a record fails to the end', async () => {
    const lockfile = lockfileWith('qs@6.7.0');
    assert.match(JSON.stringify((await ask(nowhere, lockfile)).answer), /"outage".*refused the connection/);
    const elsewhere = await ask(await osv({ always: { status: 404 } }), lockfile);
    assert.match(JSON.stringify(elsewhere.answer), /"outage".*answered HTTP 404"/);
    const broken = await osv({ ...world, recordFailures: Array(3).fill({ status: 500 }) });
    assert.match(JSON.stringify((await ask(broken, lockfile)).answer), /"outage".*HTTP 500, 3 attempts/);
  });

  it('cannot lead the gate in a circle, or to an address by an id', async () => {
    const circle = await osv({
      concerns: { 'qs@6.7.0': Array.from({ length: 500 }, (_, index) => `X-${index}`) },
      pageSize: 1,
    });
    const { answer } = await ask(circle, lockfileWith('qs@6.7.0'));
    assert.match(JSON.stringify(answer), /"outage".*names more records than any tree/);
    assert.equal(circle.asked.length, 0);
    const crooked = await osv({ concerns: { 'qs@6.7.0': ['../../etc'] } });
    assert.match(JSON.stringify((await ask(crooked, lockfileWith('qs@6.7.0'))).answer), /"outage"/);
    assert.equal(crooked.asked.length, 0);
  });

  it('is refused where its address is none', async () => {
    await assert.rejects(
      ask('file:///etc/passwd', lockfileWith('qs@6.7.0')),
      (error) =>
        error instanceof InputError && /EXPRESS_GATE_OSV_URL must be a web address/.test(error.message),
    );
  });
});
