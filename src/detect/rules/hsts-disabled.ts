/** Reports HTTP Strict Transport Security that is switched off, or that browsers forget within 180 days. */
import { type ProxyConfig, replaceLiteral } from '../app-model.ts';
import { outermost, stepsOf } from '../headers/passage.ts';
import { happens, isReplaced, maxPerApp, setElsewhere } from '../headers/set-headers.ts';
import { type TransportSecurity, transportSecurity } from '../headers/transport-security.ts';
import { defineRule, type Judge } from '../rule-contract.ts';

const name = 'strict-transport-security';

export const rule = defineRule({
  id: 'hsts-disabled',
  title: 'HSTS off or too short',
  section: 'Transport',
  severity: 'low',
  confidence: 'high',
  cwe: [319, 523],
  why: 'Strict-Transport-Security tells browsers to use HTTPS for this site only, so that nobody on the way can answer the first plain request in its place. Browsers forget it after `max-age` seconds; helmet sends a year, and scanners and the preload list count less than half a year as none.',
  remedy: 'Leave HSTS as helmet has it, or give it a `maxAge` of at least 15552000 seconds (180 days).',
  examples: {
    language: 'js',
    bad: 'app.use(helmet({ hsts: { maxAge: 86400 } }));',
    good: 'app.use(helmet({ hsts: { maxAge: 31536000 } }));',
  },
  limits:
    'An app without HSTS at all is `helmet-missing`. `maxAge` counts in seconds, in helmet 1 and 2 (hsts 1) in milliseconds, and is judged so; helmet 1 and 2 send one day by themselves. Not reported where another middleware sends the header, or a proxy with TLS whose configuration is in the repository (nginx, Apache, HAProxy, Caddy, Traefik, Ingress) sends it for at least 180 days; what such a proxy sends for less is reported too.',
  references: [
    'https://helmetjs.github.io/#strict-transport-security',
    'https://datatracker.ietf.org/doc/html/rfc6797#section-6.1',
    'https://hstspreload.org/',
  ],
  level: 'program',
  check: (program, judge) => {
    for (const proxy of program.proxies) judgeProxy(proxy, judge);
    if (program.proxies.some(sendsLongEnough)) return;
    for (const app of outermost(program.apps)) {
      let judged = 0;
      stepsOf(app).forEach((step, index) => {
        step.actions.forEach((action, at) => {
          const state = transportSecurity(action);
          if (state === null || judged++ >= maxPerApp) return;
          const settled =
            state.seconds === null && state.weak.kind === 'yes'
              ? setElsewhere(app, step, action.handler, name).kind !== 'no'
              : isReplaced(app, index, at, name);
          if (settled) return;
          const doubt = [step.certainty, action.certainty].find((certainty) => !happens(certainty));
          const reason =
            state.weak.kind === 'unknown' ? state.weak.reason : doubt?.kind === 'maybe' ? doubt.reason : null;
          if (reason !== null) {
            // Options that are not known as a whole are the question of helmet-protection-disabled.
            if (state.name !== null || state.option !== null)
              judge.undecided({ location: state.location, reason: reason.text });
            return;
          }
          judge.finding({
            location: state.location,
            related: state.option?.related ?? [],
            subject: state.seconds === null ? 'hsts off' : `hsts max-age ${state.seconds}`,
            message: messageFor(state),
            ...correction(state),
          });
        });
      });
    }
  },
});

/** 180 days in seconds. */
const longEnough = 15_552_000;

function sendsLongEnough({ endsTls, hsts }: ProxyConfig): boolean {
  return endsTls && hsts.some(({ maxAge }) => maxAge !== null && maxAge >= longEnough);
}

/** A header that a proxy sends on purpose, and that browsers soon forget; several servers may differ, so each is judged. */
function judgeProxy({ kind, hsts }: ProxyConfig, judge: Judge): void {
  for (const { maxAge, location, off } of hsts) {
    if (maxAge === null || maxAge >= longEnough) continue;
    judge.finding({
      location,
      subject: `${kind} hsts max-age ${maxAge}`,
      message: off
        ? `In production ${kind} sends no Strict-Transport-Security: it is switched off here.`
        : maxAge === 0
          ? `In production ${kind} sends Strict-Transport-Security with \`max-age=0\`: browsers forget the site at once.`
          : `In production Strict-Transport-Security of ${kind} holds for ${duration(maxAge)} only, less than 180 days.`,
      help: 'Give it a `max-age` of at least 15552000 seconds (180 days).',
    });
  }
}

function messageFor({ seconds, name: option, unit }: TransportSecurity): string {
  if (seconds === null)
    return `In production no Strict-Transport-Security header is sent${option === null ? '' : `: \`${option}\` switches it off`}.`;
  const given =
    option === null
      ? ''
      : ` (\`${option}\`${unit === 'milliseconds' ? ', which this version counts in milliseconds' : ''})`;
  return seconds === 0
    ? `In production Strict-Transport-Security is sent with \`max-age=0\`${given}: browsers forget the site at once.`
    : `In production Strict-Transport-Security holds for ${duration(seconds)} only${given}, less than 180 days.`;
}

function duration(seconds: number): string {
  const say = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (seconds < 120) return say(seconds, 'second');
  if (seconds < 7200) return say(Math.floor(seconds / 60), 'minute');
  return seconds < 172_800
    ? say(Math.floor(seconds / 3600), 'hour')
    : say(Math.floor(seconds / 86_400), 'day');
}

/** A number in an option is certain to correct; `true` for `false` is not in all versions, and a header's text is the program's own. */
function correction({
  option,
  seconds,
  name: path,
  unit,
}: TransportSecurity): ReturnType<typeof replaceLiteral> {
  if (option === null || seconds === null || path === null) return {};
  if (option.value.kind !== 'known' || typeof option.value.value !== 'number') return {};
  return replaceLiteral(
    option,
    unit === 'milliseconds' ? '31536000000' : '31536000',
    'Let browsers keep to HTTPS for a year',
  );
}
