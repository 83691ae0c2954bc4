/** `npm run refresh-data` as a process against stand-ins of its three services: what it writes, what it tells, and what it leaves alone. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { FactsCopy, json, type Reply, type Run, refresh, serve, today } from './refresh-data-run.ts';
import { activeText, renderHtml, tagsOf, textOf } from './report/github-markdown.ts';
import { hostileTexts } from './report/hostile-texts.ts';
import { actionsBot, GithubStandIn } from './stand-ins/github.ts';
import { type GithubAdvisory, githubAdvisory, githubVulnerability } from './stand-ins/github-advisories.ts';
import { startRegistry } from './stand-ins/registry.ts';

interface Setting {
  readonly advisories?: (known: GithubAdvisory[]) => GithubAdvisory[];
  readonly versions?: readonly string[];
  readonly schedule?: (known: Record<string, Record<string, string>>) => unknown;
}

/** The three services, which know what is embedded and what the test changes of it. */
async function start(test: TestContext, { advisories, versions, schedule }: Setting = {}) {
  const facts = new FactsCopy(test);
  const github = await new GithubStandIn().start();
  test.after(() => github.stop());
  github.addToken('ghs_job', { user: actionsBot, permissions: {} });
  github.advisories.push(...(advisories ?? ((known) => known))(facts.asGithub()));
  const registry = await startRegistry({ packages: facts.asPackages(versions) });
  test.after(() => registry.close());
  const node = await serve(test, json((schedule ?? ((known) => known))(facts.asSchedule())));
  const services = { github: github.url, registry: registry.url, schedule: node.url };
  return {
    facts,
    github,
    registry,
    node,
    services,
    run: (options = {}) => refresh(facts.folder, services, options),
  };
}

const before = (name: string) => readFileSync(new URL(`../src/data/${name}`, import.meta.url), 'utf8');

function assertWell({ code, stderr }: Run, github: GithubStandIn): void {
  assert.deepEqual([code, stderr, github.problems], [0, '', []]);
}

/** No advisory will ever have it: the ids of GitHub are random. */
const newId = 'GHSA-2222-3333-4444';

describe('refresh-data', { concurrency: 2 }, () => {
  it('changes nothing but the days where the services know what is embedded', async (test) => {
    const { facts, github, run } = await start(test);
    const told = await run();
    assertWell(told, github);
    assert.match(told.stdout, /Nothing has changed but the day/);
    const hide = (key: string, value: unknown) =>
      ['retrieved', 'source', 'sources'].includes(key) ? 'hidden' : value;
    for (const name of ['advisories.json', 'lifecycle.json']) {
      const undated = (text: string) => JSON.stringify(JSON.parse(text), hide);
      assert.equal(undated(facts.text(name)), undated(before(name)), name);
      const lines = [facts.text(name), before(name)].map((text) => text.split('\n').length);
      assert.equal(lines[0], lines[1], name);
    }
    assert.equal(facts.advisories.retrieved, today);
    const { express } = JSON.parse(before('lifecycle.json')).retrieved;
    assert.deepEqual(facts.lifecycle.retrieved, { express, expressVersions: today, node: today });
    assert.deepEqual(facts.files(), ['advisories.json', 'ecosystem-packages.json', 'lifecycle.json']);
  });

  it('writes the same bytes the second time', async (test) => {
    const added = (known: GithubAdvisory[]) => [githubAdvisory(newId), ...known.reverse()];
    const { facts, github, run } = await start(test, { advisories: added, versions: ['5.999.0'] });
    assertWell(await run(), github);
    const first = [facts.text('advisories.json'), facts.text('lifecycle.json')];
    github.advisories.reverse();
    const again = await run();
    assertWell(again, github);
    assert.deepEqual([facts.text('advisories.json'), facts.text('lifecycle.json')], first);
    assert.match(again.stdout, /Nothing has changed but the day/);
  });

  it('adds, changes and withdraws advisories, and says so', async (test) => {
    const { facts, github, run } = await start(test, {
      advisories: (known) => [
        githubAdvisory(newId, {
          cve_id: 'CVE-2027-12345',
          summary: 'Two packages at once',
          severity: 'medium',
          cvss_severities: {
            cvss_v3: { vector_string: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', score: 6.1 },
            cvss_v4: {
              vector_string: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N',
              score: 8.7,
            },
          },
          vulnerabilities: [
            githubVulnerability('express', '>= 5.0.0, < 5.999.0', '5.999.0'),
            githubVulnerability('express', '< 4.30.0', '4.30.0'),
            githubVulnerability('send', '= 1.0.0', null),
            githubVulnerability('express', '>= 0', null, 'pip'),
            githubVulnerability('left-pad', '>= 0', null),
          ],
        }),
        githubAdvisory('GHSA-5555-6666-7777', { withdrawn_at: '2027-01-01T00:00:00Z' }),
        ...known.map((each): GithubAdvisory => {
          if (each.ghsa_id === 'GHSA-qw6h-vgh9-j6wx') return { ...each, severity: 'high' };
          return each.ghsa_id === 'GHSA-rv95-896h-c2vc'
            ? { ...each, withdrawn_at: '2027-01-02T03:04:05Z' }
            : each;
        }),
      ],
    });
    const told = await run({ token: 'ghs_job' });
    assertWell(told, github);
    const records = facts.advisories.advisories;
    const find = (id: string) => records.filter((record) => record.id === id);
    assert.deepEqual(find(newId), [
      {
        id: newId,
        aliases: ['CVE-2027-12345'],
        package: 'express',
        vulnerable: '<4.30.0 || >=5.0.0 <5.999.0',
        patched: ['4.30.0', '5.999.0'],
        severity: 'moderate',
        cvss: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N',
        score: 6.1,
        cwe: [400],
        published: '2026-11-01',
        withdrawn: null,
        summary: 'Two packages at once',
        url: `https://github.com/advisories/${newId}`,
        source: 'github/advisory-database',
      },
      { ...find(newId)[0], package: 'send', vulnerable: '1.0.0', patched: [] },
    ]);
    assert.deepEqual(find('GHSA-5555-6666-7777'), []);
    const [redirect] = find('GHSA-qw6h-vgh9-j6wx');
    const old = JSON.parse(before('advisories.json')).advisories;
    assert.equal(redirect?.severity, 'high');
    assert.equal(redirect?.summary, old.find(({ id }: { id: string }) => id === redirect?.id).summary);
    assert.equal(find('GHSA-rv95-896h-c2vc')[0]?.withdrawn, '2027-01-02');
    assert.equal(records.length, old.length + 2);
    const order = records.map((record) => `${record.package} ${record.id}`);
    assert.deepEqual(order, [...order].sort());
    assert.match(
      told.stdout,
      /### New advisories\n\n- \[GHSA-2222-3333-4444\]\(https:\/\/github\.com\/advisories\/GHSA-2222-3333-4444\) in `express`, moderate \(6\.1\): Two packages at once; vulnerable <code>&#60;4\.30\.0/,
    );
    assert.match(
      told.stdout,
      /### Changed advisories\n\n- \[GHSA-qw6h[^\n]* in `express`: severity `low` became `high`\n/,
    );
    assert.match(told.stdout, /### Withdrawn advisories\n\n- \[GHSA-rv95[^\n]* in `express`, on 2027-01-02/);
  });

  it('marks an advisory withdrawn that has lost its packages, and takes out a package that one no longer names', async (test) => {
    const { facts, github, run } = await start(test, {
      advisories: (known) =>
        known.map((each): GithubAdvisory => {
          const vulnerabilities = [githubVulnerability('express', '< 1.0.0', null)];
          if (each.ghsa_id === 'GHSA-jj78-5fmv-mv28')
            // Else the stand-in would not give it.
            return {
              ...each,
              withdrawn_at: '2027-01-02T00:00:00Z',
              vulnerabilities: [githubVulnerability('cors', '< 1.0.0', null)],
            };
          return each.ghsa_id === 'GHSA-76c9-3jph-rj3q' ? { ...each, vulnerabilities } : each;
        }),
    });
    const told = await run();
    assertWell(told, github);
    const find = (id: string) => facts.advisories.advisories.filter((record) => record.id === id);
    assert.deepEqual(
      find('GHSA-jj78-5fmv-mv28').map((record) => [record.package, record.withdrawn]),
      [['express', '2027-01-02']],
    );
    assert.deepEqual(
      find('GHSA-76c9-3jph-rj3q').map((record) => record.package),
      ['express'],
    );
    assert.match(told.stdout, /no longer name the package\n\n- \[GHSA-76c9[^\n]* in `on-headers`/);
  });

  it('no longer lists as not found what has a record now', async (test) => {
    const id = 'GHSA-3c55-w9jx-p5jr';
    const found = githubAdvisory(id, { vulnerabilities: [githubVulnerability('hbs', '< 4.3.1', '4.3.1')] });
    const { facts, github, run } = await start(test, { advisories: (known) => [...known, found] });
    const other = { id: 'GHSA-2222-2222-2222', package: 'hbs' };
    facts.write('advisories.json', { ...facts.advisories, notFound: [{ id, package: 'hbs' }, other] });
    assertWell(await run(), github);
    assert.deepEqual(facts.advisories.notFound, [other]);
    assert.ok(facts.advisories.advisories.some((record) => record.id === id && record.package === 'hbs'));
  });

  it('reads all pages, and asks for the withdrawn ones of each package of the list', async (test) => {
    const letters = [...'23456789cfghjmpqrvwx'];
    const many = letters.flatMap((a) =>
      letters.slice(0, 15).map((b) => githubAdvisory(`GHSA-${a.repeat(4)}-${b.repeat(4)}-2222`)),
    );
    const { facts, github, run } = await start(test, { advisories: (known) => [...many, ...known] });
    assertWell(await run(), github);
    assert.equal(facts.advisories.advisories.filter(({ id }) => id.endsWith('-2222')).length, 300);
    const asked = github.requests.map(({ path }) => new URL(path, 'http://a').searchParams);
    assert.ok(asked.filter((query) => query.has('after')).length >= 3);
    for (const withdrawn of [null, 'true']) {
      const names = asked
        .filter((query) => query.get('is_withdrawn') === withdrawn && !query.has('after'))
        .flatMap((query) => query.get('affects')!.split(','));
      assert.deepEqual(names, JSON.parse(before('ecosystem-packages.json')).packages);
    }
  });

  it('adds versions of Express and lines of Node.js, and says where a person has to look', async (test) => {
    const { facts, github, run } = await start(test, {
      versions: ['4.999.0', '99.0.0-beta.1'],
      schedule: ({ 'v0.8': _, ...known }) => ({
        ...known,
        v20: { ...known.v20, end: '2026-05-31' },
        v99: {
          start: '2028-04-20',
          lts: '2028-10-20',
          maintenance: '2029-10-20',
          end: '2031-04-30',
          codename: '',
        },
      }),
    });
    const told = await run();
    assertWell(told, github);
    const { express, expressVersions, node, retrieved } = facts.lifecycle;
    const known: string[] = JSON.parse(before('lifecycle.json')).expressVersions;
    const at = known.findIndex((version) => version.startsWith('5.'));
    assert.deepEqual(expressVersions, [
      ...known.slice(0, at),
      '4.999.0',
      ...known.slice(at),
      '99.0.0-beta.1',
    ]);
    assert.deepEqual(express, JSON.parse(before('lifecycle.json')).express);
    assert.equal(retrieved.express, JSON.parse(before('lifecycle.json')).retrieved.express);
    assert.equal(node[0]?.line, '0.8');
    assert.deepEqual(node.at(-1), {
      line: '99',
      start: '2028-04-20',
      lts: '2028-10-20',
      maintenance: '2029-10-20',
      end: '2031-04-30',
    });
    for (const line of [
      '- New version `4.999.0`',
      '- `99.0.0-beta.1` is of no release line that is known: add its line by hand',
      '- New line `99`: start 2028-04-20, LTS 2028-10-20, maintenance 2029-10-20, end 2031-04-30',
      '- `20`: start 2023-04-18, LTS 2023-10-24, maintenance 2024-10-22, end 2026-04-30 became start 2023-04-18, LTS 2023-10-24, maintenance 2024-10-22, end 2026-05-31',
    ])
      assert.ok(told.stdout.includes(`${line}\n`), told.stdout);
    assert.match(told.stdout, new RegExp(`checked by hand, last on ${retrieved.express}`));
  });

  it('writes nothing with --check, and tells the same', async (test) => {
    const { facts, github, run } = await start(test, { versions: ['5.999.0'] });
    const checked = await run({ args: ['--check'] });
    assertWell(checked, github);
    for (const name of facts.files()) assert.equal(facts.text(name), before(name), name);
    assert.equal((await run()).stdout, checked.stdout);
    assert.match(checked.stdout, /New version `5\.999\.0`/);
  });

  const broken: readonly (readonly [name: string, reply: Reply, says: RegExp, attempts: number])[] = [
    ['404', (response) => response.writeHead(404).end('{}'), /answered HTTP 404 \(1 attempt\)/, 1],
    ['500', (response) => response.writeHead(500).end('{}'), /answered HTTP 500 \(4 attempts\)/, 4],
    [
      '429 that asks for too long a pause',
      (response) => response.writeHead(429, { 'retry-after': '3600' }).end(),
      /answered HTTP 429 \(1 attempt\)/,
      1,
    ],
    ['a redirect', (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(), /./, 4],
    [
      'truncated JSON',
      (response) => response.writeHead(200).end('{"name":"express","vers'),
      /is not JSON/,
      4,
    ],
    ['a broken connection', (response) => response.destroy(), /did not give a whole answer/, 4],
    ['another type', json('text'), /is no list|is not the document|is of another form/, 1],
    ['nothing', json([]), /no advisory|is not the document|is of another form/, 1],
    ['null', json(null), /is no list|is not the document|is of another form/, 1],
  ];
  for (const source of ['github', 'registry', 'schedule'] as const) {
    for (const [name, reply, says, attempts] of broken) {
      it(`leaves the facts of ${source} as they are at ${name}, and refreshes the others`, async (test) => {
        const { facts, services } = await start(test, { versions: ['5.999.0'] });
        const bad = await serve(test, reply);
        const { code, stderr, stdout } = await refresh(facts.folder, { ...services, [source]: bad.url });
        assert.equal(code, 1, stderr);
        assert.match(stderr, says);
        assert.match(
          stdout,
          /### Could not be read, so these facts stay as they were\n\n- (?:Advisories|Versions|Release)/,
        );
        // A list without advisories is asked for to the end.
        if (name !== 'nothing' || source !== 'github') assert.equal(bad.asked.length, attempts);
        const old = {
          advisories: JSON.parse(before('advisories.json')),
          lifecycle: JSON.parse(before('lifecycle.json')),
        };
        const { advisories, lifecycle } = facts;
        assert.equal(advisories.retrieved === today, source !== 'github');
        if (source === 'github') assert.deepEqual(advisories, old.advisories);
        assert.equal(lifecycle.retrieved.node === today, source !== 'schedule');
        assert.deepEqual(lifecycle.node, old.lifecycle.node);
        assert.equal(lifecycle.retrieved.expressVersions === today, source !== 'registry');
        assert.equal(lifecycle.expressVersions.includes('5.999.0'), source !== 'registry');
      });
    }
  }

  it('asks again after the pause that a limit asks for', async (test) => {
    const { facts, github, run } = await start(test);
    github.fail(
      'security-advisories/list-global-advisories',
      { status: 429, headers: { 'retry-after': '0' } },
      2,
    );
    github.fail('security-advisories/list-global-advisories', {
      status: 403,
      headers: { 'retry-after': '0' },
    });
    assertWell(await run(), github);
    assert.equal(facts.advisories.retrieved, today);
  });

  it('sends the token to nobody but the API', async (test) => {
    const { facts, services } = await start(test);
    const other = await serve(test, json([]));
    const link = `<${other.url}advisories?page=2>; rel="next"`;
    const api = await serve(test, (response) =>
      response.writeHead(200, { 'content-type': 'application/json', link }).end('[]'),
    );
    const { code, stderr } = await refresh(
      facts.folder,
      { ...services, github: api.url },
      { token: 'ghs_secret' },
    );
    assert.equal(code, 1);
    assert.match(stderr, /names a next page that is not its own/);
    assert.deepEqual(other.asked, []);
  });

  it('gives up on a service that never ends', async (test) => {
    const { facts, services } = await start(test);
    const endless = await serve(test, (response, path) =>
      response
        .writeHead(200, { 'content-type': 'application/json', link: `<${path}1>; rel="next"` })
        .end(JSON.stringify([githubAdvisory(newId)])),
    );
    const { code, stderr } = await refresh(facts.folder, { ...services, github: endless.url });
    assert.equal(code, 1);
    assert.match(stderr, /more pages than there can be/);
  });

  it('refuses by name what is not valid, and takes the rest', async (test) => {
    const good = githubAdvisory(newId, { vulnerabilities: [githubVulnerability('hbs', '<= 9.9.9', null)] });
    const wrong: readonly (readonly [Record<string, unknown>, RegExp])[] = [
      [{ ghsa_id: '../../etc/passwd' }, /- \.\.\/\.\.\/etc\/passwd: its id is not one of GitHub/],
      [{ ghsa_id: 7 }, /- an advisory without an id: its id/],
      [
        { html_url: 'https://evil.example/advisories/GHSA-2222-3333-5555' },
        /its address is not its own page/,
      ],
      [{ html_url: 'javascript:alert(1)' }, /its address/],
      [{ cve_id: 'CVE-<script>' }, /its CVE number/],
      [{ severity: 'unknown' }, /its severity/],
      [{ severity: '__proto__' }, /its severity/],
      [{ summary: ' \u202e\u0000 ' }, /it has no summary/],
      [{ summary: { toString: 'x' } }, /it has no summary/],
      [{ published_at: 'yesterday' }, /its date of publication/],
      [{ published_at: '2099-01-01T00:00:00Z' }, /its date of publication/],
      [{ withdrawn_at: '2026-02-31' }, /its date of withdrawal/],
      [{ cwes: [{ cwe_id: 'CWE-1e3', name: '' }] }, /its weaknesses/],
      [{ cwes: 'CWE-79' }, /its weaknesses/],
      [{ cvss_severities: { cvss_v3: { vector_string: 'CVSS:3.1/AV:N', score: 9 } } }, /its CVSS vector/],
      [{ cvss_severities: { cvss_v3: { vector_string: 9.8, score: 9 } } }, /its CVSS vector/],
      [{ vulnerabilities: 'all' }, /its vulnerable or patched versions/],
      [{ vulnerabilities: [githubVulnerability('hbs', '>= 2.0.0, < 1.0.0', null)] }, /its vulnerable or/],
      [{ vulnerabilities: [githubVulnerability('hbs', '< 1.0.0 || *', null)] }, /its vulnerable or/],
      [
        { vulnerabilities: [githubVulnerability('hbs', `< ${'1'.repeat(100_000)}`, null)] },
        /its vulnerable or/,
      ],
      [{ vulnerabilities: [githubVulnerability('hbs', '< 1.0.0', 'latest')] }, /its vulnerable or/],
    ];
    const answer = wrong.map(([parts], index) => {
      const id = `GHSA-2222-5555-${[...'cfghjmpqrvwx23456789'][index % 20]!.repeat(index < 20 ? 4 : 3)}${index < 20 ? '' : 'c'}`;
      return { ...githubAdvisory(id), html_url: `https://github.com/advisories/${id}`, ...parts };
    });
    const list = JSON.stringify([good, null, 7, [], ...answer]).replace(
      '"summary":',
      '"__proto__":{"x":1},"summary":',
    );
    const { facts, services } = await start(test);
    const known = JSON.stringify(facts.asGithub());
    const hostile = await serve(test, (response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(`[${list.slice(1, -1)},${known.slice(1)}`),
    );
    const { code, stdout, stderr } = await refresh(facts.folder, { ...services, github: hostile.url });
    assert.deepEqual([code, stderr], [0, '']);
    const refused = stdout.split('### Refused, because it is not valid\n\n')[1]!.split('\n\n')[0]!;
    for (const [parts, says] of wrong) assert.match(refused, says, JSON.stringify(parts).slice(0, 200));
    const ids = new Set(facts.advisories.advisories.map(({ id }) => id));
    assert.ok(ids.has(newId));
    for (const { ghsa_id: id } of answer) assert.ok(!ids.has(id as string), String(id));
  });

  it('is not taken in by texts', async (test) => {
    const { facts, github, run } = await start(test, {
      advisories: (known) => [
        ...fc.sample(hostileTexts, { numRuns: 20, seed: 7 }).map((summary, index) =>
          githubAdvisory(`GHSA-2222-3333-${[...'23456789cfghjmpqrvwx'][index]!.repeat(4)}`, {
            summary: `a ${summary}`.slice(0, 1024),
          }),
        ),
        ...known,
      ],
    });
    const { stdout, code } = await run();
    assert.equal(code, 0, String(github.problems));
    const html = renderHtml(stdout);
    assert.deepEqual(activeText(html), []);
    for (const tag of tagsOf(html))
      assert.match(
        tag,
        /^<\/?(?:p|h3|ul|li|code|a)>$|^<a href="https:\/\/(?:github\.com\/advisories\/GHSA-|expressjs\.com\/)[^"]*">$/,
      );
    assert.ok(textOf(html).includes('New advisories'));
    for (const { summary } of facts.advisories.advisories) {
      assert.doesNotMatch(summary, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      assert.ok(summary.length <= 160);
    }
  });

  it('keeps a registry or a schedule that lies from doing harm', async (test) => {
    const { facts, services } = await start(test);
    const most = facts.lifecycle.expressVersions.slice(0, -2);
    const names = [...most, '3.0.0beta1', 'latest', '5.0', '__proto__x', '9'.repeat(400), '<img src=x>'];
    const document = `{"name":"express","versions":{${names.map((name) => `${JSON.stringify(name)}:{}`).join()},"__proto__":{}}}`;
    const registry = await serve(test, (response) => response.writeHead(200).end(document));
    const schedule = await serve(
      test,
      json({
        v99: { start: '2030-01-01', end: '2029-01-01' },
        v98: { start: '2030-01-01', end: 'never' },
        v97: 'soon',
        'v96\n::error::': { start: '2030-01-01', end: '2031-01-01' },
        'v-1': { start: '2030-01-01', end: '2031-01-01' },
        v18: { start: '2022-04-19', lts: '2022-10-25', maintenance: '2023-10-18', end: '2025-04-30' },
      }),
    );
    const told = await refresh(facts.folder, { ...services, registry: registry.url, schedule: schedule.url });
    assert.deepEqual([told.code, told.stderr], [0, '']);
    assert.deepEqual(facts.lifecycle.expressVersions, most);
    assert.match(told.stdout, /No longer published: `\d/);
    assert.deepEqual(facts.lifecycle.node, JSON.parse(before('lifecycle.json')).node);
    for (const name of ['express latest', 'v99', 'v98', 'v97', 'v-1'])
      assert.match(told.stdout, new RegExp(`- .*${name}`));
    assert.doesNotMatch(told.stdout, /^::|3\.0\.0beta1/m);
    assert.deepEqual(activeText(renderHtml(told.stdout)), []);

    const few = await serve(test, json({ name: 'express', versions: { '5.3.0': {} } }));
    const refused = await refresh(facts.folder, { ...services, registry: few.url });
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /does not name \d+ versions of express that are known/);
    assert.deepEqual(facts.lifecycle.expressVersions, most);
  });

  it('says what is wrong with its arguments', async (test) => {
    const { facts, services } = await start(test);
    for (const args of [
      ['--today', '2026-02-31'],
      ['--github', 'nowhere'],
      ['--nonsense'],
      ['--pause', '-1'],
    ]) {
      const { code, stderr } = await refresh(facts.folder, services, { args });
      assert.equal(code, 2, args.join(' '));
      assert.match(stderr, /Usage: npm run refresh-data/);
    }
    for (const name of facts.files()) assert.equal(facts.text(name), before(name));
  });
});
