/** Reports applications that listen in plain HTTP to the outside, where nothing shows that TLS ends before them. */
import {
  type Answer,
  type App,
  alternatives,
  ask,
  type Listening,
  type Program,
  truthiness,
  type Value,
} from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

/** What is there to be read or tried; nobody deploys it. */
const forShow =
  /(?:^|\/)(?:examples?|samples?|demos?|tutorials?|playground|scripts?|tools?|bench(?:marks)?)\//i;

export const rule = defineRule({
  id: 'tls-missing',
  title: 'Plain HTTP on a public interface',
  section: 'Transport',
  severity: 'low',
  confidence: 'low',
  cwe: [319],
  why: 'Over plain HTTP whoever stands in between reads and changes everything, passwords and session cookies included. That is well where a proxy or platform before the application ends TLS; where nothing in the repository says that there is one, it is worth a look.',
  remedy:
    "Let a proxy or the platform end TLS and tell Express so (`app.set('trust proxy', 1)`), and listen on 127.0.0.1 where the proxy is on the same machine; else serve with `https.createServer`.",
  examples: {
    language: 'js',
    bad: 'app.listen(3000);',
    good: "app.set('trust proxy', 1);\napp.listen(3000, '127.0.0.1');",
  },
  limits:
    'Silent where anything shows that TLS ends elsewhere: `trust proxy` (also one that cannot be decided), a TLS server in the program, the configuration of a proxy, files of a platform (Procfile, app.yaml, fly.toml, vercel.json, render.yaml, serverless, Kubernetes and their like, a deployment in a workflow), a container that listens where its environment says, unless Compose publishes its port, or a port that Compose publishes on the machine itself only. Listening on a loopback or private address or a socket is not public. A host that an environment variable decides is undecided where all interfaces stand for it otherwise, and else not reported.',
  references: [
    'https://expressjs.com/en/advanced/best-practice-security.html#use-tls',
    'https://expressjs.com/en/guide/behind-proxies.html',
  ],
  level: 'program',
  check: (program, judge) => {
    const { endsTlsBy, inContainer, published } = program.hosting;
    if (endsTlsBy !== null || program.proxies.length > 0) return;
    // Only something on the same machine reaches it: a proxy.
    if (published?.to === 'machine') return;
    if (program.servers.some(({ kind }) => kind !== 'http') || trustsProxies(program)) return;
    for (const { kind, app, listens } of program.servers) {
      if (kind !== 'http' || app === null || app.mountedOn.length > 0) continue;
      for (const listening of listens) {
        if (forShow.test(listening.location.file)) continue;
        // A platform that runs containers tells them their port; what Compose publishes is none.
        if (inContainer && listening.portByEnvironment && published === null) continue;
        const open = isPublic(listening);
        if (open.kind === 'unknown')
          judge.undecided({ location: listening.location, reason: open.reason.text });
        if (open.kind !== 'yes') continue;
        judge.finding({
          location: listening.location,
          subject: 'plain http',
          message: `In production the application listens in plain HTTP on all interfaces${onPort(listening)}, and nothing in the repository shows that TLS ends before it.`,
          related:
            published === null
              ? []
              : [
                  {
                    file: published.location.file,
                    line: published.location.line,
                    column: published.location.column,
                    message: 'the port is published to all who reach the machine',
                  },
                ],
        });
      }
    }
  },
});

function trustsProxies({ apps, sessions }: Program): boolean {
  return (
    apps.some((app: App) => ask(app.setting('trust proxy').value, truthiness).kind !== 'no') ||
    sessions.some((session) => ask(session.option('proxy').value, truthiness).kind !== 'no')
  );
}

/**
 * Whether it listens on all interfaces. Where an environment variable may give another host, that decides; what is not known in another way is
 * not reported.
 */
function isPublic({ host, port }: Listening): Answer {
  // A socket, or a port that only a test asks for.
  if (alternatives(port).some((one) => one.kind === 'known' && (isSocket(one.value) || one.value === 0)))
    return { kind: 'no' };
  const hosts = alternatives(host);
  const known = hosts.filter(({ kind }) => kind !== 'unknown');
  if (known.length === 0 || !known.every(isAll)) return { kind: 'no' };
  const other = hosts.find((one) => one.kind === 'unknown');
  if (other?.kind !== 'unknown') return { kind: 'yes' };
  return other.reason.kind === 'environment' ? { kind: 'unknown', reason: other.reason } : { kind: 'no' };
}

function isAll(host: Value): boolean {
  return (
    host.kind === 'absent' ||
    (host.kind === 'known' && (host.value == null || /^(?:|0\.0\.0\.0|::|\[::\])$/.test(String(host.value))))
  );
}

function isSocket(value: unknown): boolean {
  return typeof value === 'string' && !/^\d*$/.test(value.trim());
}

function onPort({ port }: Listening): string {
  return port.kind === 'known' && port.value != null ? ` (port ${port.value})` : '';
}
