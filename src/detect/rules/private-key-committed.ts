/** Reports private keys that stand in the repository, as files or in code and settings. */
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'private-key-committed',
  title: 'Private key in the repository',
  section: 'Transport',
  severity: 'critical',
  confidence: 'high',
  cwe: [321, 798],
  why: 'Whoever has read the repository, or any copy of its history, has the key: they can pose as the server, sign what it signs, and read connections that were recorded. Taking the file away does not take the key back.',
  remedy:
    'Make a new key, have the certificate reissued and the old one revoked, and give the key to production by a secret store, a mounted file or an environment variable; then take the old one out of the repository.',
  examples: {
    language: 'js',
    bad: "https.createServer({ key: fs.readFileSync('certs/server.key'), cert }, app).listen(443);",
    good: 'https.createServer({ key: fs.readFileSync(process.env.TLS_KEY_FILE), cert }, app).listen(443);',
  },
  limits:
    'Read are PEM (PKCS#1, PKCS#8, SEC 1, DSA, OpenSSH) and PKCS#12, in files of their own and in code, JSON, YAML and .env; only what decodes as a key is reported, not placeholders. Keys of tests, documentation and examples, keys that by their name are of a developer’s machine (`localhost`, `dev`, `snakeoil`, `self-signed` and the like) and keys that only development reads are not reported, unless production’s start-up reads them. A key behind a passphrase is reported with low confidence.',
  references: [
    'https://cheatsheetseries.owasp.org/cheatsheets/Key_Management_Cheat_Sheet.html',
    'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository',
  ],
  level: 'program',
  check: (program, judge) => {
    for (const { location, format, encrypted, readAt, inFileOfItsOwn } of program.privateKeys) {
      const what = encrypted ? `a private key behind a passphrase (${format})` : `a private key (${format})`;
      judge.finding({
        location,
        related:
          readAt === null
            ? []
            : [
                {
                  file: readAt.file,
                  line: readAt.line,
                  column: readAt.column,
                  message: 'production reads it here',
                },
              ],
        subject: `${format} private key`,
        confidence: encrypted ? 'low' : readAt !== null || !inFileOfItsOwn ? 'high' : 'medium',
        message:
          readAt === null
            ? `The repository holds ${what}: everyone who can read the repository has it.`
            : `Production uses ${what} that stands in the repository: everyone who can read the repository has it.`,
      });
    }
  },
});
