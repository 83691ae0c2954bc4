/** Turns texts into the private keys that stand in them: PEM blocks in files of their own, in code, JSON or .env, and PKCS#12 stores. */
import type { Location } from '../../model/location.ts';
import { TextLines } from '../text-lines.ts';

/** A private key whose bytes are really there. */
export interface FoundKey {
  /** Its line of BEGIN. */
  readonly location: Location;
  readonly format: 'PKCS#1' | 'PKCS#8' | 'SEC 1' | 'DSA' | 'OpenSSH' | 'PKCS#12';
  /** Whether a passphrase protects it. */
  readonly encrypted: boolean;
}

const header = /-----BEGIN ((?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY|PKCS12)-----/g;

const maxBody = 400_000;
/** Keys told of in one file; more are a collection for tests. */
const maxKeys = 20;

const formats: Readonly<Record<string, FoundKey['format']>> = {
  'RSA PRIVATE KEY': 'PKCS#1',
  'PRIVATE KEY': 'PKCS#8',
  'ENCRYPTED PRIVATE KEY': 'PKCS#8',
  'EC PRIVATE KEY': 'SEC 1',
  'DSA PRIVATE KEY': 'DSA',
  'OPENSSH PRIVATE KEY': 'OpenSSH',
  PKCS12: 'PKCS#12',
};

/** Whether a look is worth it. */
export function mayHoldKeys(text: string): boolean {
  return text.includes('PRIVATE KEY-----') || text.startsWith('-----BEGIN PKCS12-----');
}

/** The keys in a text; what merely looks like one (a placeholder, a cut or invented body) is none. Never throws. */
export function findPrivateKeys(file: string, text: string): FoundKey[] {
  if (!mayHoldKeys(text)) return [];
  const found: FoundKey[] = [];
  const lines = new TextLines(file, text);
  for (const match of text.matchAll(header)) {
    const label = match[1]!;
    const from = match.index + match[0].length;
    const to = text.indexOf(`-----END ${label}-----`, from);
    if (to === -1 || to - from > maxBody) continue;
    const body = text.slice(from, to);
    const encrypted = label === 'ENCRYPTED PRIVATE KEY' || body.includes('4,ENCRYPTED');
    const bytes = Buffer.from(base64Of(body), 'base64');
    if (!isKey(label, bytes, encrypted)) continue;
    found.push({
      location: lines.location(match.index, from),
      format: formats[label]!,
      encrypted:
        encrypted || label === 'PKCS12' || (label === 'OPENSSH PRIVATE KEY' && isLockedOpenSsh(bytes)),
    });
    if (found.length >= maxKeys) break;
  }
  return found;
}

/** The base64 of a body, free of line ends as a string literal writes them, of quotes and signs of concatenation, and of PEM's own headers. */
function base64Of(body: string): string {
  let result = '';
  for (const line of body.split(/\\+r?\\?n|\r?\n/)) {
    if (line.includes(':')) continue;
    const runs = line.match(/[A-Za-z0-9+/]{2,}={0,2}/g) ?? [];
    if (/['"`]/.test(line))
      result += runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
    else result += runs.join('');
  }
  return result;
}

function isKey(label: string, bytes: Buffer, encrypted: boolean): boolean {
  if (label === 'OPENSSH PRIVATE KEY')
    return bytes.length > 100 && bytes.toString('latin1', 0, 15) === 'openssh-key-v1\0';
  // In OpenSSL's old format the whole is encrypted, and tells nothing of itself.
  if (encrypted && label !== 'ENCRYPTED PRIVATE KEY') return bytes.length >= 48;
  const content = sequence(bytes);
  if (content === null) return false;
  // A key store that holds a key says so in the open: keyBag or pkcs8ShroudedKeyBag (RFC 7292, 4.2); one without is a store of certificates.
  if (label === 'PKCS12')
    return (
      content[0] === 0x02 &&
      content[2] === 3 &&
      (content.includes(keyBag) || content.includes(shroudedKeyBag))
    );
  // The smallest, of Ed25519, has 48 bytes; an EncryptedPrivateKeyInfo begins with its algorithm, all others with a version.
  if (bytes.length < 40) return false;
  return label === 'ENCRYPTED PRIVATE KEY' ? content[0] === 0x30 : content[0] === 0x02 && content[1] === 1;
}

const keyBag = Buffer.from('2a864886f70d010c0a0101', 'hex');
const shroudedKeyBag = Buffer.from('2a864886f70d010c0a0102', 'hex');

/** What is in the DER sequence that these bytes are, all of them; else null. */
function sequence(bytes: Buffer): Buffer | null {
  if (bytes.length < 4 || bytes[0] !== 0x30) return null;
  const first = bytes[1]!;
  let length = first;
  let start = 2;
  if (first >= 0x80) {
    const count = first - 0x80;
    if (count < 1 || count > 3 || bytes.length < 2 + count) return null;
    length = bytes.readUIntBE(2, count);
    start = 2 + count;
  }
  return start + length === bytes.length ? bytes.subarray(start) : null;
}

/** `openssh-key-v1`, then the name of the cipher: `none` for keys without a passphrase (openssh PROTOCOL.key). */
function isLockedOpenSsh(bytes: Buffer): boolean {
  return bytes.toString('latin1', 19, 23) !== 'none';
}

const elsewhere =
  /(?:^|\/)(?:__tests__|__fixtures__|__mocks__|tests?|specs?|e2e|fixtures?|testdata|test[-_]\w+|mocks?|cypress|playwright|benchmarks?|docs?|documentation|node_modules|bower_components|vendor|vendors|third[-_]party|examples?|samples?|demos?|tutorials?|\.devcontainer)\/|[._-](?:test|spec|e2e|mock|example|sample|template|dist)(?:\.[^/]*)?$|\.(?:md|mdx|markdown|rst|adoc)$/i;
/** Names that say that it is of a developer's machine, or of nothing at all. */
const forDevelopment =
  /(?:^|[/._-])(?:localhost|local|dev|devel|development|test|testing|dummy|fake|mock|snakeoil|self[-_]?signed|example|sample|demo|insecure|mkcert|ci)(?:[/._-]|$)/i;

/** Whether by its place and name a key is one of tests, documentation, examples or a developer's machine. */
export function isUnusedInProduction(path: string): boolean {
  return elsewhere.test(path) || forDevelopment.test(path);
}
