/** What the readers of proxies make of their formats, and of input that means harm. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ProxyConfig } from '../../../src/detect/app-model.ts';
import { parseNginx } from '../../../src/detect/proxy/nginx-syntax.ts';
import { readProxies } from '../../../src/detect/proxy/read-proxies.ts';
import type { Fix } from '../../../src/model/finding.ts';

function read(files: Record<string, string>): ProxyConfig[] {
  return readProxies(Object.entries(files).map(([path, text]) => ({ path, text })));
}

/** The text after the edits of a fix in one file. */
function apply(text: string, fix: Fix | null): string {
  assert.ok(fix !== null);
  const lines = text.split('\n');
  const offset = ({ line, column }: { line: number; column: number }): number =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  return fix.edits.reduce(
    (all, edit) => all.slice(0, offset(edit.start)) + edit.text + all.slice(offset(edit.end)),
    text,
  );
}

describe('nginx', () => {
  it('directives, quotes, comments and what templates add', () => {
    const tree = parseNginx(
      'site.conf',
      'a "b c" \'d;e\'; # f;\nif ($x ~ "}") { g; }\n{% if y %}\nh {{ i }}.example \u0024{J}k <%= l %>;\n{% endif %}m_by_lua_block { if x then { } end; }\nn;',
    );
    assert.deepEqual(
      tree.map(({ name, args, block }) => [name, ...args.map(({ text }) => text), block?.length ?? null]),
      [
        ['a', 'b c', 'd;e', null],
        ['if', '($x', '~', '}', ')', 1],
        ['h', '{{ i }}.example', '\u0024{J}k', '<%= l %>', null],
        ['m_by_lua_block', null],
        ['n', null],
      ],
    );
    assert.deepEqual(tree[2]?.location, { file: 'site.conf', line: 4, column: 1, endLine: 4, endColumn: 34 });
  });

  it('the correction of versions', () => {
    const text = 'server {\n  listen 443 ssl;\n  ssl_protocols TLSv1 TLSv1.2;\n}\n';
    const [config] = read({ 'nginx.conf': text });
    assert.equal(
      apply(text, config!.tlsSettings[0]!.fix),
      'server {\n  listen 443 ssl;\n  ssl_protocols TLSv1.2 TLSv1.3;\n}\n',
    );
  });

  it('the header goes where the others are, else before the pass', () => {
    const alone = 'server {\n  listen 443 ssl;\n  location / {\n    proxy_pass http://a;\n  }\n}\n';
    assert.match(
      apply(alone, read({ 'a.conf': alone })[0]!.passes[0]!.fix),
      /\{\n {4}proxy_set_header X-Forwarded-Proto \$scheme;\n {4}proxy_pass http:\/\/a;\n/,
    );
    const listed =
      'server {\n  listen 443 ssl;\n  proxy_set_header Host $host;\n  location / { proxy_pass http://a; }\n}\n';
    assert.match(
      apply(listed, read({ 'a.conf': listed })[0]!.passes[0]!.fix),
      /\n {2}proxy_set_header Host \$host;\n {2}proxy_set_header X-Forwarded-Proto \$scheme;\n {2}location/,
    );
  });

  it('includes in circles, and many of them, end', () => {
    const lines =
      'include b.conf;\ninclude a.conf;\nserver { listen 443 ssl; ssl_protocols TLSv1; }\n'.repeat(50);
    const start = performance.now();
    const found = read({
      'x/a.conf': lines,
      'x/b.conf': lines,
      'x/c.conf': 'include *.conf;\nserver {}\n'.repeat(2000),
    });
    assert.ok(performance.now() - start < 5_000);
    assert.ok(found.length <= 3);
  });
});

describe('the correction of versions', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'site.conf',
      '<VirtualHost *:443>\n  SSLProtocol all \\\n    -SSLv3\n',
      '<VirtualHost *:443>\n  SSLProtocol -all +TLSv1.2 +TLSv1.3\n',
    ],
    [
      'haproxy.cfg',
      'global\n  ssl-default-bind-options ssl-min-ver TLSv1.0 no-tls-tickets\n',
      'global\n  ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets\n',
    ],
    [
      'Caddyfile',
      'a.example {\n  tls {\n    protocols tls1.0 tls1.3\n  }\n}\n',
      'a.example {\n  tls {\n    protocols tls1.2 tls1.3\n  }\n}\n',
    ],
    [
      'traefik.yml',
      'tls:\n  options:\n    default:\n      minVersion: "VersionTLS10" # old\n',
      'tls:\n  options:\n    default:\n      minVersion: VersionTLS12 # old\n',
    ],
    [
      'traefik.toml',
      '[tls.options.default]\n  minVersion = "VersionTLS11"\n',
      '[tls.options.default]\n  minVersion = "VersionTLS12"\n',
    ],
    [
      'compose.yml',
      'services:\n  a:\n    labels:\n      - traefik.tls.options.x.minVersion=VersionTLS10\n',
      'services:\n  a:\n    labels:\n      - "traefik.tls.options.x.minVersion=VersionTLS12"\n',
    ],
    [
      'ingress.yaml',
      'kind: ConfigMap\ndata:\n  ssl-protocols: TLSv1 TLSv1.2\n',
      'kind: ConfigMap\ndata:\n  ssl-protocols: "TLSv1.2 TLSv1.3"\n',
    ],
  ];
  for (const [path, text, corrected] of cases)
    it(path, () => {
      const setting = read({ [path]: text }).flatMap(({ tlsSettings }) => tlsSettings)[0];
      assert.equal(apply(text, setting?.fix ?? null), corrected);
    });
});

describe('input that means harm', () => {
  const harmful: Record<string, string> = {
    'deep.conf': 'server {'.repeat(50_000),
    'open.conf': 'server {\n  "',
    'words.conf': `server {\n${'a '.repeat(100_000)}`,
    'lines.conf': `server {\n${'\n'.repeat(200_000)}`,
    'blank.conf': `<VirtualHost *:443>\n${' \\\n'.repeat(50_000)}`,
    'tags.conf': '<VirtualHost *:443>\n'.repeat(20_000),
    'a.cfg': `frontend a\n  bind *:443 ssl ${'"'.repeat(20_000)}\n`,
    Caddyfile: 'a {\n'.repeat(20_000),
    'traefik.yml': `traefik:\n${' '.repeat(100)}- a: &a [*a, *a]\n__proto__:\n  minVersion: VersionTLS10\n`,
    'bomb.yaml': `traefik: &a [x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n`,
    'traefik.toml': `[${'a.'.repeat(20_000)}\n${'x = [\n'.repeat(2_000)}`,
    'ingress.yaml': `kind: Ingress\n${'{{ '.repeat(20_000)}`,
    '__proto__/nginx.conf': 'server { listen 443 ssl; ssl_protocols TLSv1; }',
  };
  for (const [path, text] of Object.entries(harmful)) {
    it(path, () => {
      const start = performance.now();
      assert.doesNotThrow(() => read({ [path]: text }));
      assert.ok(performance.now() - start < 3_000, `${Math.round(performance.now() - start)} ms`);
    });
  }
});

it('files of tests, documentation and development are no proxies of production', () => {
  const text = 'server { listen 443 ssl; ssl_protocols TLSv1; }';
  for (const path of [
    'test/nginx.conf',
    'docs/nginx.conf',
    'nginx.dev.conf',
    'docker/development/nginx.conf',
    'nginx.conf.example',
  ])
    assert.deepEqual(read({ [path]: text }), [], path);
});
