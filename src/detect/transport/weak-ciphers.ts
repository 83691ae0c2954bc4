/** Turns a list of ciphers, in OpenSSL's language or by IANA names, into the kinds of known weak ciphers that it admits. */

/** What is weak about a cipher; what all of Mozilla's profiles but `old` leave out and RFC 9325, 4.1, forbids. */
export type Weakness =
  | 'no encryption (NULL)'
  | 'no authentication (aNULL)'
  | 'export ciphers'
  | 'RC4'
  | 'RC2'
  | 'DES'
  | '3DES'
  | 'MD5'
  | 'any key length (@SECLEVEL=0)';

interface Suite {
  readonly name: string;
  /** The words of OpenSSL's language that it answers to, besides its name. */
  readonly tags: ReadonlySet<string>;
  readonly weakness: Weakness;
}

const exchangeTags: Readonly<Record<string, readonly string[]>> = {
  RSA: ['kRSA', 'aRSA', 'RSA'],
  DHE_RSA: ['kDHE', 'kEDH', 'DH', 'DHE', 'EDH', 'aRSA'],
  DHE_DSS: ['kDHE', 'kEDH', 'DH', 'DHE', 'EDH', 'aDSS', 'DSS'],
  ECDHE_RSA: ['kECDHE', 'kEECDH', 'ECDH', 'ECDHE', 'EECDH', 'aRSA'],
  ECDHE_ECDSA: ['kECDHE', 'kEECDH', 'ECDH', 'ECDHE', 'EECDH', 'aECDSA', 'ECDSA'],
  ECDH_RSA: ['kECDH', 'kECDHr', 'ECDH', 'aECDH'],
  ECDH_ECDSA: ['kECDH', 'kECDHe', 'ECDH', 'aECDH'],
  ADH: ['kDHE', 'kEDH', 'DH', 'ADH', 'aNULL'],
  AECDH: ['kECDHE', 'kEECDH', 'ECDH', 'AECDH', 'aNULL'],
  PSK: ['PSK', 'kPSK', 'aPSK'],
  RSA_PSK: ['PSK', 'kRSAPSK', 'aRSA'],
  DHE_PSK: ['PSK', 'kDHEPSK', 'aPSK'],
  ECDHE_PSK: ['PSK', 'kECDHEPSK', 'aPSK'],
  SRP: ['SRP', 'kSRP', 'aSRP'],
  SRP_RSA: ['SRP', 'kSRP', 'aRSA'],
  SRP_DSS: ['SRP', 'kSRP', 'aDSS', 'DSS'],
};

/** By exchange: the name of a suite before its cipher, as OpenSSL has it. */
const prefixes: Readonly<Record<string, string>> = {
  RSA: '',
  DHE_RSA: 'DHE-RSA-',
  DHE_DSS: 'DHE-DSS-',
  ECDHE_RSA: 'ECDHE-RSA-',
  ECDHE_ECDSA: 'ECDHE-ECDSA-',
  ECDH_RSA: 'ECDH-RSA-',
  ECDH_ECDSA: 'ECDH-ECDSA-',
  ADH: 'ADH-',
  AECDH: 'AECDH-',
  PSK: 'PSK-',
  RSA_PSK: 'RSA-PSK-',
  DHE_PSK: 'DHE-PSK-',
  ECDHE_PSK: 'ECDHE-PSK-',
  SRP: 'SRP-',
  SRP_RSA: 'SRP-RSA-',
  SRP_DSS: 'SRP-DSS-',
};

/**
 * The weak suites of OpenSSL 1.0.2 to 3.0 (ssl/s3_lib.c; what `openssl ciphers -v 'ALL:eNULL'` lists, and of the older releases those that
 * newer ones are built without). Only these matter here: whether a list admits a strong one decides nothing.
 */
function makeSuites(): Suite[] {
  const suites: Suite[] = [];
  const add = (exchange: string, cipher: string, tags: readonly string[], weakness: Weakness): void => {
    // Suites over elliptic curves came with TLS 1.0, and are no `SSLv3`.
    const own = exchange.includes('ECDH') ? tags.map((tag) => (tag === 'SSLv3' ? 'TLSv1' : tag)) : tags;
    suites.push({
      name: `${prefixes[exchange]!}${cipher}`,
      tags: new Set([...exchangeTags[exchange]!, ...own]),
      weakness,
    });
  };
  const sha = ['SHA1', 'SHA', 'SSLv3'];
  const sha2 = ['SHA256', 'TLSv1.2'];
  const off = ['NULL', 'eNULL', 'COMPLEMENTOFALL'];
  const none: Weakness = 'no encryption (NULL)';
  add('RSA', 'NULL-MD5', ['MD5', 'SSLv3', ...off], none);
  add('RSA', 'NULL-SHA', [...sha, ...off], none);
  add('RSA', 'NULL-SHA256', [...sha2, ...off], none);
  for (const exchange of ['ECDHE_RSA', 'ECDHE_ECDSA', 'ECDH_RSA', 'ECDH_ECDSA', 'AECDH'])
    add(exchange, 'NULL-SHA', [...sha, ...off], none);
  for (const exchange of ['PSK', 'RSA_PSK', 'DHE_PSK', 'ECDHE_PSK']) {
    add(exchange, 'NULL-SHA', [...sha, ...off], none);
    add(exchange, 'NULL-SHA256', ['SHA256', ...off], none);
    add(exchange, 'NULL-SHA384', ['SHA384', ...off], none);
  }
  const medium = ['ALL', 'MEDIUM', 'COMPLEMENTOFDEFAULT'];
  const rc4 = ['RC4', ...medium];
  add('RSA', 'RC4-MD5', ['MD5', 'SSLv3', ...rc4], 'RC4');
  add('ADH', 'RC4-MD5', ['MD5', 'SSLv3', ...rc4], 'RC4');
  for (const exchange of ['RSA', 'ECDHE_RSA', 'ECDHE_ECDSA', 'ECDH_RSA', 'ECDH_ECDSA', 'AECDH'])
    add(exchange, 'RC4-SHA', [...sha, ...rc4], 'RC4');
  for (const exchange of ['PSK', 'RSA_PSK', 'DHE_PSK', 'ECDHE_PSK'])
    add(exchange, 'RC4-SHA', [...sha, ...rc4], 'RC4');
  const triple = ['3DES', ...medium, ...sha];
  for (const exchange of Object.keys(prefixes)) {
    const psk = /PSK|SRP/.test(exchange);
    add(exchange, psk ? '3DES-EDE-CBC-SHA' : 'DES-CBC3-SHA', triple, '3DES');
  }
  const low = ['ALL', 'LOW', 'COMPLEMENTOFDEFAULT'];
  for (const exchange of ['RSA', 'DHE_RSA', 'DHE_DSS', 'ADH'])
    add(exchange, 'DES-CBC-SHA', ['DES', ...low, ...sha], 'DES');
  const weak = ['ALL', 'EXP', 'EXPORT', 'COMPLEMENTOFDEFAULT'];
  const exported = (name: string, exchange: string, tags: readonly string[]): void => {
    suites.push({
      name,
      tags: new Set([...exchangeTags[exchange]!, ...weak, ...tags]),
      weakness: 'export ciphers',
    });
  };
  exported('EXP-RC4-MD5', 'RSA', ['RC4', 'MD5', 'SSLv3', 'EXPORT40']);
  exported('EXP-RC2-CBC-MD5', 'RSA', ['RC2', 'MD5', 'SSLv3', 'EXPORT40']);
  exported('EXP-DES-CBC-SHA', 'RSA', ['DES', ...sha, 'EXPORT40']);
  exported('EXP-EDH-RSA-DES-CBC-SHA', 'DHE_RSA', ['DES', ...sha, 'EXPORT40']);
  exported('EXP-EDH-DSS-DES-CBC-SHA', 'DHE_DSS', ['DES', ...sha, 'EXPORT40']);
  exported('EXP-ADH-RC4-MD5', 'ADH', ['RC4', 'MD5', 'SSLv3', 'EXPORT40']);
  exported('EXP-ADH-DES-CBC-SHA', 'ADH', ['DES', ...sha, 'EXPORT40']);
  exported('EXP1024-DES-CBC-SHA', 'RSA', ['DES', ...sha, 'EXPORT56']);
  exported('EXP1024-RC4-SHA', 'RSA', ['RC4', ...sha, 'EXPORT56']);
  suites.push(
    {
      name: 'DES-CBC3-MD5',
      tags: new Set(['SSLv2', '3DES', 'MD5', 'kRSA', 'aRSA', 'RSA', ...medium]),
      weakness: '3DES',
    },
    {
      name: 'DES-CBC-MD5',
      tags: new Set(['SSLv2', 'DES', 'MD5', 'kRSA', 'aRSA', 'RSA', ...low]),
      weakness: 'DES',
    },
    {
      name: 'RC2-CBC-MD5',
      tags: new Set(['SSLv2', 'RC2', 'MD5', 'kRSA', 'aRSA', 'RSA', ...medium]),
      weakness: 'RC2',
    },
  );
  const open: Weakness = 'no authentication (aNULL)';
  const high = ['ALL', 'HIGH', 'COMPLEMENTOFDEFAULT'];
  for (const size of ['128', '256']) {
    for (const family of ['AES', 'CAMELLIA']) {
      add('ADH', `${family}${size}-SHA`, [family, `${family}${size}`, ...high, ...sha], open);
      add('ADH', `${family}${size}-SHA256`, [family, `${family}${size}`, ...high, ...sha2], open);
    }
    add('AECDH', `AES${size}-SHA`, ['AES', `AES${size}`, ...high, ...sha], open);
    add(
      'ADH',
      `AES${size}-GCM-SHA${size === '128' ? '256' : '384'}`,
      ['AES', `AES${size}`, 'AESGCM', 'TLSv1.2', ...high],
      open,
    );
  }
  return suites;
}

let suites: readonly Suite[] | null = null;

/** Old spellings that OpenSSL still takes (ssl/ssl_ciph.c and s3_lib.c, OpenSSL 3.0). */
function spelling(word: string): string {
  if (/^EXP/.test(word)) return word;
  return word.replace(/^EDH-(RSA|DSS)-/, 'DHE-$1-');
}

/**
 * Words that themselves ask for something weak. `HIGH`, or a key exchange alone, admits an unauthenticated or old cipher only in releases
 * of OpenSSL that are long out of use (since 1.1.0 level 1 of security bars what has no authentication or encryption, and export ciphers
 * are gone): a list is not called weak for them.
 */
const asking: Readonly<Partial<Record<Weakness, RegExp>>> = {
  'no authentication (aNULL)': /^(?:aNULL|ADH|AECDH)$/,
  'export ciphers': /^EXP(?:ORT(?:40|56)?)?$/,
  DES: /^(?:DES|LOW)$/,
  RC2: /^(?:RC2|SSLv2)$/,
  RC4: /^(?:RC4|MEDIUM|MD5|ALL|COMPLEMENTOFDEFAULT|SSLv2)$/,
  '3DES': /^(?:3DES|MEDIUM|ALL|COMPLEMENTOFDEFAULT|SSLv2)$/,
  'no encryption (NULL)': /^(?:e?NULL|COMPLEMENTOFALL)$/,
};

const maxLength = 10_000;
const maxWords = 400;

/**
 * The weaknesses that an OpenSSL cipher list admits, in a fixed order; empty where it admits none. Follows ssl_create_cipher_list
 * (ssl/ssl_ciph.c, OpenSSL 3.0): `!` removes for good, `-` removes, `+` at the front only moves, `A+B` takes what is both, unknown words are nothing.
 * Null where the text is not such a list.
 */
export function weakInOpenSslList(text: string): Weakness[] | null {
  if (text.length > maxLength) return null;
  // `DEFAULT@SECLEVEL=0` is taken without a colon too.
  const words = text
    .replaceAll('@', ':@')
    .split(/[:,;\s]+/)
    .filter((word) => word !== '');
  if (words.length > maxWords || words.some((word) => !/^[!+-]?[@\w.+=-]*$/.test(word))) return null;
  suites ??= makeSuites();
  const killed = new Set<Suite>();
  const active = new Set<Suite>();
  // Level 0 bars nothing: there all that a word takes in counts.
  const anything = words.includes('@SECLEVEL=0');
  for (const each of words) {
    const operator = /^[!+-]/.test(each) ? each[0]! : '';
    const word = each.slice(operator.length);
    if (word.startsWith('@')) continue;
    const parts = word.split('+');
    for (const suite of suites) {
      const fits = parts.every((part) => suite.tags.has(part) || suite.name === spelling(part));
      if (!fits) continue;
      if (operator === '!') {
        killed.add(suite);
        active.delete(suite);
      } else if (operator === '-') active.delete(suite);
      else if (operator === '' && !killed.has(suite)) {
        const asks = asking[suite.weakness];
        if (anything || parts.some((part) => asks?.test(part) === true || spelling(part) === suite.name))
          active.add(suite);
      }
    }
  }
  const found = new Set([...active].map(({ weakness }) => weakness));
  if (anything) found.add('any key length (@SECLEVEL=0)');
  return order.filter((weakness) => found.has(weakness));
}

const order: readonly Weakness[] = [
  'no encryption (NULL)',
  'no authentication (aNULL)',
  'export ciphers',
  'RC4',
  'RC2',
  'DES',
  '3DES',
  'MD5',
  'any key length (@SECLEVEL=0)',
];

/** The weaknesses of one suite by its IANA name (`TLS_RSA_WITH_RC4_128_SHA`) or as OpenSSL names it. */
export function weaknessOfSuite(name: string): Weakness | null {
  const upper = name.toUpperCase();
  if (!upper.startsWith('TLS_') && !upper.startsWith('SSL_')) return weakInOpenSslList(name)?.[0] ?? null;
  if (/_WITH_NULL/.test(upper)) return 'no encryption (NULL)';
  if (/_EXPORT/.test(upper)) return 'export ciphers';
  if (/_ANON_/.test(upper)) return 'no authentication (aNULL)';
  if (/_RC4_/.test(upper)) return 'RC4';
  if (/_RC2_/.test(upper)) return 'RC2';
  if (/_3DES_/.test(upper)) return '3DES';
  if (/_DES_/.test(upper)) return 'DES';
  return upper.endsWith('_MD5') ? 'MD5' : null;
}
