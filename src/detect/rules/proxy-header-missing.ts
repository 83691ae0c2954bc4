/** Reports proxies that end TLS and do not tell an application that relies on it by which protocol requests came. */
import { ask, callName, cookieOption, type Program, type ProxyPass, truthiness } from '../app-model.ts';
import { defineRule } from '../rule-contract.ts';

export const rule = defineRule({
  id: 'proxy-header-missing',
  title: 'X-Forwarded-Proto not passed on',
  section: 'Transport',
  severity: 'moderate',
  confidence: 'medium',
  cwe: [16],
  why: 'Behind a proxy that ends TLS, Express knows only by the header X-Forwarded-Proto that a request came by HTTPS. Without it `req.secure` is false and `req.protocol` is `http`: express-session then never sends a cookie that is Secure, redirects to HTTPS go round in circles, and links are made with `http:`.',
  remedy: 'Set the header in the proxy: `proxy_set_header X-Forwarded-Proto $scheme;` in nginx.',
  examples: {
    language: 'yaml',
    bad: '# nginx\nlocation / {\n  proxy_set_header Host $host;\n  proxy_pass http://app:3000;\n}',
    good: '# nginx\nlocation / {\n  proxy_set_header Host $host;\n  proxy_set_header X-Forwarded-Proto $scheme;\n  proxy_pass http://app:3000;\n}',
  },
  limits:
    'Reported where a server of the proxy has TLS of its own and the application trusts the proxy (`trust proxy`, or it reads the header itself); with low confidence where nothing is seen to use the protocol: no Secure session cookie, `req.secure` or `req.protocol`. Passes to other ports than those on which the application is seen to listen, and to other hosts of the internet, are left alone. Caddy, Traefik and Ingress controllers set the header themselves.',
  references: [
    'https://expressjs.com/en/guide/behind-proxies.html',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header',
    'https://github.com/expressjs/session#cookiesecure',
  ],
  level: 'program',
  check: (program, judge) => {
    const relies = reliance(program);
    if (relies === null) return;
    const ports = portsOf(program);
    for (const { kind, passes } of program.proxies) {
      const told = new Set<string>();
      for (const pass of passes) {
        const { forwardsProto, location, upstream } = pass;
        if (!pass.endsTls || forwardsProto.kind === 'yes' || told.has(upstream)) continue;
        if (!leadsToApp(pass, ports)) continue;
        told.add(upstream);
        if (forwardsProto.kind === 'unknown') {
          judge.undecided({ location, reason: forwardsProto.reason.text });
          continue;
        }
        judge.finding({
          location,
          related: [...pass.related, ...relies.related],
          subject: `${kind} X-Forwarded-Proto`,
          message: `${kind} ends TLS and passes requests to ${upstream} without X-Forwarded-Proto, ${relies.consequence}.`,
          ...(relies.certain ? {} : { confidence: 'low' as const }),
          ...(pass.fix === null ? {} : { fix: pass.fix }),
        });
      }
    }
  },
});

interface Reliance {
  readonly consequence: string;
  /** Whether something is seen to use the protocol. */
  readonly certain: boolean;
  readonly related: readonly { file: string; line: number; column: number; message: string }[];
}

/** In what way the program relies on the header; null where it is not seen to. */
function reliance({ apps, sessions, protocolUse }: Program): Reliance | null {
  const trusting = new Set(
    apps.filter((app) => ask(app.setting('trust proxy').value, truthiness).kind === 'yes'),
  );
  for (const session of sessions) {
    const { value } = cookieOption(session, 'secure');
    // cookie-session without `secure` goes by the protocol of the request (cookies 0.9, index.js).
    const wantsHttps =
      ask(value, truthiness).kind === 'yes' ||
      (session.middleware === 'cookie-session' && value.kind === 'absent');
    const trusts =
      session.attachedTo.some((app) => trusting.has(app)) ||
      ask(session.option('proxy').value, truthiness).kind === 'yes';
    if (!wantsHttps || !trusts) continue;
    const { location } = cookieOption(session, 'secure');
    return {
      consequence: `so ${callName(session)} takes every connection for plain HTTP and sends no Secure cookie`,
      related: [{ ...place(location), message: 'the cookie is Secure by the protocol' }],
      certain: true,
    };
  }
  if (protocolUse !== null && (trusting.size > 0 || protocolUse.readsHeader))
    return {
      consequence: 'so the application takes them for plain HTTP',
      related: [{ ...place(protocolUse.location), message: 'the protocol of the request is asked for here' }],
      certain: true,
    };
  const [first] = trusting;
  if (first === undefined) return null;
  return {
    consequence:
      'though the application trusts it to: it believes what the client itself says of the protocol',
    related: [{ ...place(first.setting('trust proxy').location), message: 'the proxy is trusted here' }],
    certain: false,
  };
}

function place({ file, line, column }: { file: string; line: number; column: number }): {
  file: string;
  line: number;
  column: number;
} {
  return { file, line, column };
}

/** The ports on which the program is known to listen. */
function portsOf({ servers }: Program): ReadonlySet<string> {
  return new Set(
    servers
      .flatMap(({ listens }) => listens)
      .flatMap(({ port }) => (port.kind === 'oneOf' ? port.alternatives : [port]))
      .flatMap((port) => (port.kind === 'known' && port.value != null ? [String(port.value)] : [])),
  );
}

function leadsToApp({ targets, upstream }: ProxyPass, ports: ReadonlySet<string>): boolean {
  if (targets.length === 0) return true;
  return targets.some((target) => {
    const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(target) ?? [];
    if (port !== undefined && ports.size > 0) return ports.has(port);
    // A name of the internet, asked by HTTPS, is another server.
    return !(upstream.startsWith('https:') && host.includes('.') && !/^[\d.]+$/.test(host));
  });
}
