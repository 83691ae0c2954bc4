/** Turns the names that servers, proxies and Node.js give to TLS versions into one vocabulary, and tells which are weak. */

/** Oldest first. */
export const tlsVersions = ['SSL 2', 'SSL 3', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'] as const;

export type TlsVersion = (typeof tlsVersions)[number];

const byName: ReadonlyMap<string, TlsVersion> = new Map<string, TlsVersion>([
  ['sslv2', 'SSL 2'],
  ['sslv3', 'SSL 3'],
  ['ssl3.0', 'SSL 3'],
  ['tlsv1', 'TLS 1.0'],
  ['tlsv1.0', 'TLS 1.0'],
  ['tls1.0', 'TLS 1.0'],
  ['tlsv10', 'TLS 1.0'],
  ['tls10', 'TLS 1.0'],
  ['versiontls10', 'TLS 1.0'],
  ['tlsv1.1', 'TLS 1.1'],
  ['tls1.1', 'TLS 1.1'],
  ['tlsv11', 'TLS 1.1'],
  ['tls11', 'TLS 1.1'],
  ['versiontls11', 'TLS 1.1'],
  ['tlsv1.2', 'TLS 1.2'],
  ['tls1.2', 'TLS 1.2'],
  ['tlsv12', 'TLS 1.2'],
  ['tls12', 'TLS 1.2'],
  ['versiontls12', 'TLS 1.2'],
  ['tlsv1.3', 'TLS 1.3'],
  ['tls1.3', 'TLS 1.3'],
  ['tlsv13', 'TLS 1.3'],
  ['tls13', 'TLS 1.3'],
  ['versiontls13', 'TLS 1.3'],
]);

/** The version that a name such as `TLSv1`, `tls1.1`, `VersionTLS10` or `sslv3` stands for; null for any other text. */
export function tlsVersion(name: string): TlsVersion | null {
  return byName.get(name.toLowerCase()) ?? null;
}

/**
 * Whether a version is weak: Mozilla's server side TLS guidelines 6.0 (as 5.0 to 5.8), intermediate, `tls_versions`: TLS 1.2 and 1.3 only
 * (mozilla/ssl-config-generator, src/static/guidelines/6.0.json). RFC 8996 withdraws 1.0 and 1.1.
 */
export function isWeakVersion(version: TlsVersion): boolean {
  return tlsVersions.indexOf(version) < tlsVersions.indexOf('TLS 1.2');
}

/** The weak versions from `oldest` on. */
export function weakFrom(oldest: TlsVersion): TlsVersion[] {
  return tlsVersions.slice(tlsVersions.indexOf(oldest)).filter(isWeakVersion);
}
