/** Names the options by which Node.js and its clients are told how to do TLS, and tells the machine's events of those that are written. */
import type { Machine } from './machine.ts';
import type { Obj, Place } from './values.ts';

/**
 * Options that switch the check of the other side's certificate off, and the value that does so. Node.js: lib/_tls_wrap.js (24);
 * `strictSSL`: request 2.88, request.js; `tls…` and `sslValidate`: mongodb 3 to 6, lib/connection_string.js; `trustServerCertificate`:
 * tedious 18, lib/connection.js.
 */
export const validationOptions = {
  rejectUnauthorized: false,
  strictSSL: false,
  sslValidate: false,
  tlsInsecure: true,
  tlsAllowInvalidCertificates: true,
  tlsAllowInvalidHostnames: true,
  trustServerCertificate: true,
  /** A function that finds no fault in any name. */
  checkServerIdentity: null,
} as const;

/** Options of versions and ciphers (Node.js 24, doc/api/tls.md), those of the whole process (`tls.DEFAULT_…`) last. */
export const strengthOptions = [
  'minVersion',
  'maxVersion',
  'secureProtocol',
  'ciphers',
  'DEFAULT_MIN_VERSION',
  'DEFAULT_MAX_VERSION',
  'DEFAULT_CIPHERS',
] as const;

const noted: ReadonlySet<string> = new Set([...Object.keys(validationOptions), ...strengthOptions]);

/** In a function's own text: it says something of TLS. */
export const mentionsTls = new RegExp(`\\b(?:${[...noted].join('|')}|NODE_TLS_REJECT_UNAUTHORIZED)\\b`);

/** Tells of a property that is written, where it is an option of TLS. */
export function noteTlsOption(m: Machine, owner: Obj, key: string, place: Place): void {
  if (!noted.has(key)) return;
  if (key.startsWith('DEFAULT_') && owner.external?.package !== 'tls') return;
  // What an own class keeps under such a name is no option of anything before it is handed on.
  if (isOwnInstance(owner)) return;
  const slot = m.inTrial > 0 ? (owner.slots.get(key) ?? null) : null;
  m.emit({ type: 'tls', owner, key, slot, place, conditions: m.state.conditions });
}

/** Whether a class or constructor of the repository made the object. */
export function isOwnInstance({ proto }: Obj): boolean {
  const maker = proto?.slots.get('constructor')?.value;
  return maker?.kind === 'object' && maker.closure !== null;
}
