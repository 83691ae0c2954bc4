/** Compares what the gate says of a program with what the program, really started, was seen to send. */
import type { GateVerdicts, Judged, Verdict } from './gate-verdicts.ts';
import type { Cookie, Observation, SeenApp, SeenSession, Site } from './observation.ts';

/** What a rule must say; null where nothing was sent that could tell. */
type Expectation = 'finding' | 'clean' | null;

export interface Disagreement {
  readonly rule: string;
  readonly site: Site;
  readonly expected: string;
  readonly got: string;
}

const cookieOptions = [
  'secure',
  'httpOnly',
  'sameSite',
  'maxAge',
  'expires',
  'domain',
  'path',
  'partitioned',
  'priority',
];

/** As many of helmet's headers count as protected, in the rule's own words. */
const enoughProtections = 3;

/** Any cookie that was seen; those that differ by the way of the request differ in Secure and SameSite only. */
function anyCookie({ cookies }: SeenSession): Cookie | null {
  return cookies.tls ?? cookies.forwarded ?? cookies.plain;
}

/** Asks the cookie, where one was set. */
function bad(cookie: Cookie | null, test: (cookie: Cookie) => boolean): Expectation {
  return cookie === null ? null : test(cookie) ? 'finding' : 'clean';
}

type SessionExpectation = (session: SeenSession) => Expectation;

/** What each rule on sessions must say, by what was sent. */
const sessionExpectations: Readonly<Record<string, SessionExpectation>> = {
  // Both may go by what they see of the connection: express-session where that is asked for, which is no lack where nothing is seen to listen.
  'session-cookie-not-secure': (session) =>
    session.middleware === 'express-session' && !session.listens
      ? bad(anyCookie(session), ({ secure }) => !secure)
      : bad(session.cookies.forwarded ?? session.cookies.tls, ({ secure }) => !secure),
  'session-cookie-not-http-only': (session) => bad(anyCookie(session), ({ httpOnly }) => !httpOnly),
  'session-cookie-same-site': (session) =>
    bad(anyCookie(session), ({ sameSite }) => sameSite === null || sameSite === 'none'),
  'session-cookie-no-expiry': (session) => bad(anyCookie(session), ({ expires }) => !expires),
  'session-default-name': (session) =>
    bad(
      anyCookie(session),
      ({ name }) => name === (session.middleware === 'express-session' ? 'connect.sid' : 'session'),
    ),
  'session-cookie-path-invalid': (session) => {
    // The rule speaks of what is written in the wrong place too; what is sent says nothing of that.
    if (session.middleware === 'cookie-session' && session.hasPathElsewhere) return null;
    const cookie = anyCookie(session);
    if (cookie !== null) return cookie.path?.startsWith('/') === false ? 'finding' : 'clean';
    // Over TLS a session that is written is always sent, unless the path keeps the requests out: here all of them, or only ours.
    return session.used && session.path?.startsWith('/') === false ? 'finding' : null;
  },
  'session-memory-store': (session) =>
    session.middleware === 'express-session' && session.memoryWarning ? 'finding' : 'clean',
  'session-option-misplaced': ({ middleware, options, cookieOptions: inCookie }) => {
    const misplaced =
      middleware === 'express-session'
        ? cookieOptions.some((name) => options.includes(name) && !inCookie.includes(name))
        : cookieOptions.some((name) => inCookie.includes(name) && !options.includes(name));
    return misplaced ? 'finding' : 'clean';
  },
  'session-cookie-static-expiry': ({ middleware, hasFixedExpiry, hasExpiresElsewhere, cookies }) =>
    middleware === 'cookie-session' && hasExpiresElsewhere
      ? null
      : hasFixedExpiry === null
        ? cookies.tls?.expires === false
          ? 'clean'
          : null
        : hasFixedExpiry
          ? 'finding'
          : 'clean',
  'session-trust-proxy-missing': (session) =>
    session.cookies.tls === null || !session.listens
      ? null
      : session.cookies.forwarded === null && session.cookies.tls.secure
        ? 'finding'
        : 'clean',
};

type AppExpectation = (app: SeenApp) => Expectation;

const appExpectations: Readonly<Record<string, AppExpectation>> = {
  'x-powered-by-enabled': ({ answered, poweredBy }) => (!answered ? null : poweredBy ? 'finding' : 'clean'),
  'helmet-missing': ({ mounted, answered, protections, protectionsElsewhere, protectionsBeside }) => {
    // What is mounted is the outer app's to protect: the rule speaks of that one.
    if (mounted) return 'clean';
    if (!answered) return null;
    const isProtected = (count: number | null): boolean => count !== null && count >= enoughProtections;
    if (isProtected(protectionsElsewhere)) return 'clean';
    if (protections.length > 0 && protections.every(isProtected)) return 'clean';
    // Protected after its routes by what is mounted beside it: too late, which is another rule's matter.
    return isProtected(protectionsBeside) ? null : 'finding';
  },
};

/** What rules on whole programs must say. */
const programExpectations: Readonly<Record<string, (seen: Observation) => Expectation>> = {
  'helmet-late': ({ helmets }) => said(helmets.some(({ bareRoutes }) => bareRoutes.length > 0)),
  'helmet-protection-disabled': (seen) =>
    byHelmet(seen, (header) => header !== transport && header !== 'x-powered-by'),
  'hsts-disabled': (seen) => byHelmet(seen, (header) => header === transport),
  'cookie-not-secure': ({ writes }) => said(writes.some(({ cookie }) => !cookie.secure)),
  'cookie-not-http-only': ({ writes }) => said(writes.some(({ cookie }) => !cookie.httpOnly)),
  'cookie-same-site': ({ writes }) =>
    said(writes.some(({ cookie }) => cookie.sameSite === null || cookie.sameSite === 'none')),
};

const transport = 'strict-transport-security';

function said(is: boolean): Expectation {
  return is ? 'finding' : 'clean';
}

/** What no request passed through tells nothing. */
function byHelmet({ helmets, hasIdleHelmet }: Observation, isOf: (header: string) => boolean): Expectation {
  if (helmets.some(({ off }) => off.some(isOf))) return 'finding';
  return hasIdleHelmet || helmets.some(({ partlyOff }) => partlyOff.some(isOf)) ? null : 'clean';
}

function compareProgram(
  runs: readonly Observation[],
  gate: GateVerdicts,
  outside: readonly string[],
  disagreements: Disagreement[],
): void {
  for (const [rule, expect] of Object.entries(programExpectations)) {
    if (!gate.rules.has(rule)) continue;
    const expected = new Set(runs.map(expect));
    if (expected.has(null) || expected.size > 1) continue;
    const [one] = expected;
    const reason = gate.open.get(rule);
    const isNamed = reason !== undefined && outside.some((name) => reason.includes(name));
    const got = gate.found.has(rule) ? 'finding' : reason === undefined ? 'clean' : `undecided: ${reason}`;
    if (got !== one && !isNamed)
      disagreements.push({ rule, site: { file: '', line: 0 }, expected: String(one), got });
  }
}

const key = ({ file, line }: Site): string => `${file}:${line}`;

function bySite<T extends { readonly site: Site }>(all: readonly T[]): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const each of all) map.set(key(each.site), [...(map.get(key(each.site)) ?? []), each]);
  return map;
}

function inWords(verdict: Verdict): string {
  if (verdict.kind === 'finding') return `a finding: ${verdict.message}`;
  return verdict.kind === 'clean' ? 'clean' : `undecided: ${verdict.reason}`;
}

/**
 * Holds one kind of thing to its expectations. Several runs of one program under different values of the variables outside tell
 * whether an answer hangs on them: only then may the gate be undecided, and there it must not be sure.
 */
function compareKind<Seen extends { readonly site: Site }>(
  runs: readonly (readonly Seen[])[],
  judged: readonly Judged[],
  expectations: Readonly<Record<string, (seen: Seen) => Expectation>>,
  outside: readonly string[],
  disagreements: Disagreement[],
): void {
  const gate = bySite(judged);
  const seenRuns = runs.map(bySite);
  const sites = new Map(
    [...judged, ...runs.flat()].map((each): [string, Site] => [key(each.site), each.site]),
  );
  for (const [at, site] of sites) {
    const verdictsHere = gate.get(at) ?? [];
    const isSeen = seenRuns.some((run) => run.has(at));
    if (!isSeen || verdictsHere.length === 0) {
      disagreements.push({
        rule: 'any',
        site,
        expected: isSeen ? 'judged: production makes it' : 'not judged: production does not make it',
        got: isSeen ? 'not judged' : 'judged',
      });
      continue;
    }
    for (const [rule, expect] of Object.entries(expectations)) {
      const verdicts = verdictsHere.flatMap((each) => each.verdicts.get(rule) ?? []);
      // A rule that is not built yet.
      if (verdicts.length === 0) continue;
      const expected = seenRuns.map((run) => new Set((run.get(at) ?? []).map(expect)));
      if (expected.some((each) => each.has(null))) continue;
      const all = new Set(expected.flatMap((each) => [...each]));
      const hangs = new Set(expected.map((each) => [...each].sort().join())).size > 1;
      for (const verdict of verdicts) {
        const isNamed = verdict.kind === 'undecided' && outside.some((name) => verdict.reason.includes(name));
        const isRight = hangs
          ? isNamed || (verdict.kind === 'clean' && neverUndecided.has(rule))
          : isNamed || (verdict.kind !== 'undecided' && all.has(verdict.kind));
        if (!isRight)
          disagreements.push({
            rule,
            site,
            expected: hangs ? 'undecided: it hangs on the environment' : [...all].join(' and '),
            got: inWords(verdict),
          });
      }
      // Several that are made in one place may differ: then each answer must be given.
      for (const one of all)
        if (!hangs && all.size > 1 && !verdicts.some(({ kind }) => kind === one || kind === 'undecided'))
          disagreements.push({ rule, site, expected: String(one), got: verdicts.map(inWords).join(' and ') });
    }
  }
}

/** These rules say nothing where they cannot know. */
const neverUndecided = new Set([
  'session-default-name',
  'session-cookie-path-invalid',
  'session-option-misplaced',
  // Where Secure hangs on something, that is the question of the other rule.
  'session-trust-proxy-missing',
  'session-cookie-static-expiry',
]);

/** Everything on which the gate and the started program do not agree. */
export function compare(
  observations: readonly Observation[],
  gate: GateVerdicts,
  outside: readonly string[],
): Disagreement[] {
  const disagreements: Disagreement[] = [];
  compareKind(
    observations.map(({ sessions }) => sessions),
    gate.sessions,
    sessionExpectations,
    outside,
    disagreements,
  );
  compareKind(
    observations.map(({ apps }) => apps),
    gate.apps,
    appExpectations,
    outside,
    disagreements,
  );
  compareProgram(observations, gate, outside, disagreements);
  for (const { name, detail } of gate.problems)
    disagreements.push({ rule: name, site: { file: '', line: 0 }, expected: 'everything read', got: detail });
  const stated = new Set(
    [...gate.apps, ...gate.sessions].flatMap(({ verdicts }) =>
      [...verdicts].flatMap(([rule, { kind }]) => (kind === 'finding' ? [rule] : [])),
    ),
  );
  for (const rule of stated)
    if (!gate.found.has(rule))
      disagreements.push({
        rule,
        site: { file: '', line: 0 },
        expected: 'a finding in the detection',
        got: 'none',
      });
  return disagreements;
}

export function describeDisagreement({ rule, site, expected, got }: Disagreement): string {
  return `${rule} at ${key(site)}: expected ${expected}; got ${got}`;
}
