/** Reports connections to other servers whose certificates are not checked. */
import { ask, type TlsValidation, type Value } from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

/** What decides whether the option is set at all, where that is chosen by who runs the program: neither by a request nor by an error. */
const outside: ReadonlySet<string> = new Set(['environment', 'argument', 'library', 'file', 'module']);

export const rule = defineRule({
  id: 'tls-validation-disabled',
  title: 'TLS certificates not checked',
  section: 'Transport',
  severity: 'high',
  confidence: 'high',
  cwe: [295],
  why: 'With `rejectUnauthorized: false`, or `NODE_TLS_REJECT_UNAUTHORIZED=0` for the whole process, Node.js accepts any certificate. Whoever stands between the application and its database, mail server or partner reads and changes everything, passwords included.',
  remedy:
    'Remove it; where the other side has a certificate of its own authority, give that one as `ca` or by NODE_EXTRA_CA_CERTS.',
  examples: {
    language: 'js',
    bad: 'const agent = new https.Agent({ rejectUnauthorized: false });',
    good: "const agent = new https.Agent({ ca: fs.readFileSync('partner-ca.pem') });",
  },
  limits:
    'Also seen: a `checkServerIdentity` that never finds a fault, `strictSSL` (request), `sslValidate`, `tlsInsecure`, `tlsAllowInvalidCertificates` and `tlsAllowInvalidHostnames` (MongoDB), `trustServerCertificate` (SQL Server). Options of a server of your own are not reported: there it concerns the certificates of clients. Where what comes with a request decides, the finding is of low confidence, or undecided where the request gives the value itself: it may be a setting of an administrator. In package scripts, environment files, Dockerfiles and compose files only what production uses is reported.',
  references: [
    'https://nodejs.org/api/tls.html#tlsconnectoptions-callback',
    'https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue',
  ],
  level: 'program',
  check: (program, judge) => {
    for (const validation of program.tlsValidations) {
      if (validation.role === 'server') continue;
      const { option, setting, certainty } = validation;
      const answer = ask(option.value, (value) => isOff(value, setting));
      if (answer.kind === 'no') continue;
      const reason =
        answer.kind === 'unknown'
          ? answer.reason
          : certainty.kind === 'maybe' && outside.has(certainty.reason.kind)
            ? certainty.reason
            : null;
      if (reason !== null) {
        judge.undecided({ location: option.location, reason: reason.text });
        continue;
      }
      // A setting that comes with the request, such as an administrator's, may be what decides.
      const bySomeRequests = certainty.kind === 'maybe' && certainty.reason.kind === 'request';
      judge.finding({
        location: option.location,
        related: option.related,
        subject: `${setting} off`,
        message: bySomeRequests
          ? messageOf(setting).replace(/^In production /, 'In production, where a request decides so, ')
          : messageOf(setting),
        ...(bySomeRequests ? { confidence: 'low' } : {}),
      });
    }
  },
});

/** What switches the check off where it is true; all others do so where they are false. */
const offWhereTrue: ReadonlySet<string> = new Set([
  'tlsInsecure',
  'tlsAllowInvalidCertificates',
  'tlsAllowInvalidHostnames',
  'trustServerCertificate',
]);

/** Node.js checks unless the option is exactly `false` (lib/_tls_wrap.js), or the variable exactly `0`. */
function isOff(value: Value, setting: TlsValidation['setting']): boolean | null {
  if (value.kind === 'absent') return false;
  if (value.kind !== 'known') return null;
  if (setting === 'NODE_TLS_REJECT_UNAUTHORIZED') return String(value.value) === '0';
  return value.value === offWhereTrue.has(setting);
}

function messageOf(setting: TlsValidation['setting']): string {
  switch (setting) {
    case 'NODE_TLS_REJECT_UNAUTHORIZED':
      return 'In production no certificate of any server is checked: NODE_TLS_REJECT_UNAUTHORIZED is 0 for the whole process.';
    case 'checkServerIdentity':
      return 'In production a certificate is taken whatever name it is for: `checkServerIdentity` never finds a fault.';
    case 'tlsAllowInvalidHostnames':
      return 'In production a certificate is taken whatever name it is for: `tlsAllowInvalidHostnames` is true.';
    default:
      return `In production the certificate of the server that is connected to is not checked: \`${setting}\` is ${offWhereTrue.has(setting)}.`;
  }
}
