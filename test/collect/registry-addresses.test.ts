/** What is read of a repository's .npmrc: the addresses of registries, and nothing that could lead elsewhere or give something away. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { withAddresses } from '../../src/collect/npm-audit-environment.ts';
import { addressesAt, readAddresses } from '../../src/collect/registry-addresses.ts';

const main = (text: string) => readAddresses(text).main;

describe('the addresses in a .npmrc', () => {
  it('are those of the registry and of scopes, the last that is said', () => {
    const text = [
      '; a comment = x',
      'registry = https://first.example',
      '@own:registry="https://own.example/npm/"',
      'registry=https://r.example/npm ; why',
      "'@other:registry'='https://other.example:8443'",
      '//r.example/:_authToken=abc',
      'offline=true',
      'audit-level=none',
    ].join('\r\n');
    const found = readAddresses(text);
    assert.equal(found.main, 'https://r.example/npm/');
    assert.deepEqual(
      [...found.scopes],
      [
        ['@own', 'https://own.example/npm/'],
        ['@other', 'https://other.example:8443/'],
      ],
    );
  });

  it('end where a section begins, as npm reads it', () => {
    assert.equal(main('[x]\nregistry=https://r.example/\n'), null);
  });

  it('hold no variable of the environment, no name, no password, no query, and are those of the web', () => {
    for (const written of [
      `https://r.example/$${'{NPM_TOKEN}'}/`,
      `$${'{URL}'}`,
      'file:///etc/passwd',
      'javascript:alert(1)',
      'r.example',
      '',
      'https://',
    ])
      assert.equal(main(`registry=${written}\n`), null, written);
    assert.equal(main('registry=https://user:password@r.example/a?b=c#d\n'), 'https://r.example/a/');
  });

  it('of a scope that is none are passed over', () => {
    for (const name of [
      '@:registry',
      '@a/b:registry',
      '@a\u0000:registry',
      '__proto__',
      'own:registry',
      '@A B:registry',
    ])
      assert.deepEqual([...readAddresses(`${name}=https://r.example/\n`).scopes], [], name);
  });

  it('of the lockfile’s directory go before those of the whole', () => {
    const files = new Map(
      Object.entries({
        '.npmrc': 'registry=https://whole.example/\n@a:registry=https://a.example/\n',
        'apps/b/.npmrc': 'registry=https://b.example/\n@b:registry=https://scope.example/\n',
      }).map(([path, text]) => [path, { path, text }]),
    );
    assert.equal(addressesAt(files, '.').main, 'https://whole.example/');
    assert.equal(addressesAt(files, 'apps/c').main, 'https://whole.example/');
    const { main: own, scopes } = addressesAt(files, 'apps/b');
    assert.equal(own, 'https://b.example/');
    assert.deepEqual([...scopes.keys()], ['@a', '@b']);
    assert.equal(addressesAt(new Map(), '.').main, null);
  });

  it('are plain, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.webUrl({ withQueryParameters: true }),
        fc.string(),
        (before, url, after) => {
          for (const text of [before, `registry=${before}${url}${after}\n`, `@a:registry=${url}${after}`]) {
            const found = readAddresses(text);
            for (const address of [found.main, ...found.scopes.values()])
              if (address !== null) {
                const { protocol, username, password, search, hash, href } = new URL(address);
                assert.deepEqual([username, password, search, hash, href], ['', '', '', '', address]);
                assert.match(protocol, /^https?:$/);
                assert.doesNotMatch(address, /[\s"\\]|\$\{/);
              }
          }
        },
      ),
      { examples: [['', 'http://a.aa', '"']] },
    );
  });

  it('are read of a line that never ends', () => {
    assert.equal(
      main(`registry${' '.repeat(1_000_000)}x\nregistry=https://r.example/`),
      'https://r.example/',
    );
    assert.equal(main(`registry=${'"; '.repeat(300_000)}`), null);
  });
});

describe('the environment with these addresses', () => {
  const addresses = readAddresses('registry=https://r.example/\n@own:registry=https://own.example/\n');

  it('has them where the user has named none there', () => {
    assert.deepEqual(withAddresses({ PATH: '/bin' }, addresses), {
      PATH: '/bin',
      npm_config_registry: 'https://r.example/',
      'npm_config_@own:registry': 'https://own.example/',
    });
    const own = {
      NPM_CONFIG_REGISTRY: 'https://user.example/',
      'npm_config_@own:registry': 'https://user.example/own/',
      NPM_CONFIG__AUTH: 'abc',
    };
    assert.deepEqual(withAddresses(own, addresses), own);
  });

  it('keeps back credentials that would go to any registry', () => {
    const environment = withAddresses(
      {
        NPM_CONFIG__AUTH: 'abc',
        npm_config__authToken: 'abc',
        npm_config__password: 'abc',
        npm_config_username: 'abc',
        'npm_config_//user.example/:_authToken': 'abc',
      },
      addresses,
    );
    assert.deepEqual(Object.keys(environment).sort(), [
      'npm_config_//user.example/:_authToken',
      'npm_config_@own:registry',
      'npm_config_registry',
    ]);
  });
});
