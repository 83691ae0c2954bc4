/** Turns a session and its program into whether its middleware sees that requests come by HTTPS, and so into what can be written for Secure. */
import type { Fix } from '../../model/finding.ts';
import {
  type Answer,
  type App,
  ask,
  cookieOption,
  cookiePath,
  type Program,
  replaceLiteral,
  type SessionSetup,
  truthiness,
  type Value,
  writeOptions,
} from '../app-model.ts';
import { type Crossing, covers, outermost, type Step, wayOf } from './passage.ts';

/** When it is asked: where the request comes to the session, or where the answer's headers are written. */
type Moment = 'begun' | 'answered';

/**
 * Whether the middleware sees that requests come by HTTPS, without which it sends no Secure cookie: by an own TLS server, a trusted proxy,
 * its own `proxy` option, or code that marks the requests. Several apps may answer: some of them, or all.
 */
export function seesHttps(
  session: SessionSetup,
  program: Program,
  where: 'somewhere' | 'everywhere',
  moment: Moment = 'answered',
): Answer {
  const { facts } = session;
  if (facts.https === 'anyhow') return { kind: 'yes' };
  const around = new Set<App>();
  const climb = (app: App): void => {
    if (around.has(app)) return;
    around.add(app);
    app.mountedOn.forEach(climb);
  };
  session.attachedTo.forEach(climb);
  if (
    program.servers.some(
      (server) => server.kind !== 'http' && (server.app === null || around.has(server.app)),
    ) ||
    program.requestMarks.length > 0
  )
    return { kind: 'yes' };
  if (facts.proxyOption !== null) {
    const { value } = session.option(facts.proxyOption);
    // express-session, index.js: `trustProxy === false`, `trustProxy !== true`: only the booleans speak for themselves.
    const byOption = ask(value, (one) => one.kind === 'known' && one.value === true);
    if (byOption.kind !== 'no') return byOption;
    if (ask(value, (one) => one.kind === 'known' && one.value === false).kind === 'yes') return byOption;
  }
  if (facts.https === 'socket') return { kind: 'no' };
  const answers = trustOfAnswers(session, moment);
  const [most, least] = where === 'somewhere' ? (['yes', 'no'] as const) : (['no', 'yes'] as const);
  if (answers.some((answer) => answer.kind === most)) return { kind: most };
  return answers.find((answer) => answer.kind === 'unknown') ?? { kind: answers.length === 0 ? 'no' : least };
}

/**
 * Whether the session decides on Secure by the connection, as it sees it where it begins: `secure: 'auto'`. express-session asks the options
 * themselves, not what a function in their place gives for a request (1.19, index.js, `store.generate`).
 */
export function followsConnection(value: Value, { facts, options }: SessionSetup): boolean {
  const isFunction =
    options.value.kind === 'object' && options.value.fields.get('cookie')?.value.kind === 'function';
  return facts.secureAuto && !isFunction && value.kind === 'known' && value.value === 'auto';
}

/** Answers of routes that are looked at; nobody has more, and the work must end. */
const maxAnswers = 300;

/**
 * Whether the requests that go through the session and are answered belong to apps that trust their proxy: `req.protocol` is told by the app
 * that had the request last.
 */
function trustOfAnswers(session: SessionSetup, moment: Moment): readonly Answer[] {
  return session.attachedTo.flatMap((app) => {
    const found = outermost(withAppsAbove([app])).flatMap((root) => trustFrom(root, session, moment));
    return found.length === 0 ? [trustsProxy(app, 0)] : found;
  });
}

function withAppsAbove(apps: readonly App[]): App[] {
  const found = new Set<App>();
  const climb = (app: App): void => {
    if (found.has(app)) return;
    found.add(app);
    app.mountedOn.forEach(climb);
  };
  apps.forEach(climb);
  return [...found];
}

/** The trust for each request that is answered behind the session, on the way that begins in `root`. */
function trustFrom(root: App, session: SessionSetup, moment: Moment): Answer[] {
  const way = wayOf(root);
  const at = way.findIndex((one) => one.kind === 'step' && isSession(one, session));
  const begun = way[at];
  if (begun?.kind !== 'step') return [];
  return way
    .slice(begun.answers ? at : at + 1)
    .flatMap((one) =>
      one.kind === 'step' && one.answers && covers(begun.path, one.path) && mayBegin(session, one.path)
        ? [one]
        : [],
    )
    .slice(0, maxAnswers)
    .map((answer) => trustAt(way, moment === 'begun' ? begun : answer, answer));
}

/**
 * Whether requests of that path have a session: express-session passes over those whose path does not begin as the cookie's does
 * (1.19, index.js: "pathname mismatch").
 */
function mayBegin(session: SessionSetup, path: readonly string[]): boolean {
  if (session.middleware !== 'express-session') return true;
  const { value } = cookieOption(session, 'path');
  if (value.kind !== 'known' || typeof value.value !== 'string') return true;
  const open = path.findIndex((part) => part.startsWith(':') || part.startsWith('\0'));
  const start = `/${path.slice(0, open < 0 ? path.length : open).join('/')}`;
  return start.startsWith(value.value) || (open >= 0 && value.value.startsWith(start));
}

function isSession({ actions }: Step, { created }: SessionSetup): boolean {
  return actions.some(
    ({ handler }) =>
      handler.kind === 'middleware' &&
      handler.created.file === created.file &&
      handler.created.line === created.line &&
      handler.created.column === created.column,
  );
}

/** By the step that answers and the step at which it is asked. */
const trusts = new WeakMap<Step, WeakMap<Step, Answer>>();

/** Whether the app that a request belongs to at a step trusts its proxy; `answer`: the step that answers the request in the end. */
function trustAt(way: readonly (Step | Crossing)[], step: Step, answer: Step): Answer {
  const known = trusts.get(answer) ?? new WeakMap<Step, Answer>();
  trusts.set(answer, known);
  const trust = known.get(step) ?? findTrust(way, step, answer.path);
  known.set(step, trust);
  return trust;
}

/**
 * A request belongs to the app that it went into last; `app.use` takes it back when a mounted app hands it on (express 4 and 5,
 * lib/application.js: `mounted_app`), a router does not.
 */
function findTrust(way: readonly (Step | Crossing)[], step: Step, path: readonly string[]): Answer {
  let trust: Answer = { kind: 'no' };
  const outside: Answer[] = [];
  for (const one of way) {
    if (one === step) break;
    if (one.kind === 'step' || !covers(one.path, path)) continue;
    if (one.kind === 'enter') {
      outside.push(trust);
      if (takesRequests(one.app)) trust = joined(trust, trustsProxy(one.app, 0), one);
    } else {
      const before = outside.pop();
      if (before !== undefined && one.by?.kind === 'app') trust = before;
    }
  }
  return trust;
}

/** Express 4 makes an app's router with its first layer, and gives an app without one no request (lib/application.js: `handle`, "no routes"). */
function takesRequests({ layers, version }: App): boolean {
  return layers.length > 0 || !version?.startsWith('4.');
}

/** What holds behind a crossing that happens only perhaps. */
function joined(before: Answer, after: Answer, { certainty, by }: Crossing): Answer {
  return by === null || certainty.kind === 'always' || before.kind === after.kind
    ? after
    : { kind: 'unknown', reason: certainty.reason };
}

/**
 * An app that `app.use` mounts takes the setting over from the one above, unless it has one of its own (express, lib/application.js); a
 * router mounts nothing: an app in it is a handler like any other.
 */
function trustsProxy(app: App, depth: number): Answer {
  const { value } = app.setting('trust proxy');
  const above = app.mountedOn.filter(({ layers }) => layers.some(({ mounted }) => mounted === app));
  if (value.kind !== 'absent' || above.length === 0 || depth > 8) return ask(value, truthiness);
  const answers = above.map((parent) => trustsProxy(parent, depth + 1));
  return answers.find((answer) => answer.kind !== 'yes') ?? { kind: 'yes' };
}

/** What can be written for certain where the cookie's options lack it: by path with the source text. */
export function certainOptions(session: SessionSetup, program: Program): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  const { facts } = session;
  if (facts.secure === 'no' && cookieOption(session, 'secure').value.kind === 'absent')
    for (const [path, text] of secureOptions(session, program)) options.set(path, text);
  if (facts.sameSite === 'no' && cookieOption(session, 'sameSite').value.kind === 'absent')
    options.set(cookiePath(session, 'sameSite'), "'lax'");
  return options;
}

/**
 * `secure: true`, and where the middleware would then send no cookie at all, its own `proxy: true`: behind a proxy that ends TLS it makes
 * the cookie work, without one it changes nothing. Empty where neither helps.
 */
export function secureOptions(session: SessionSetup, program: Program): ReadonlyMap<string, string> {
  const options = new Map([[cookiePath(session, 'secure'), 'true']]);
  if (!lacksHttps(session, program)) return options;
  const { proxyOption } = session.facts;
  if (proxyOption === null || session.option(proxyOption).value.kind !== 'absent') return new Map();
  return options.set(proxyOption, 'true');
}

/** True where the session belongs to an app that a program serves, and is certain to see no HTTPS there. */
export function lacksHttps(session: SessionSetup, program: Program): boolean {
  return isServed(session, program) && seesHttps(session, program, 'somewhere').kind === 'no';
}

/** Whether it stands on an app that listens, by itself or below one, or a server listens of which it is not known what it serves. */
export function isServed({ attachedTo }: SessionSetup, { servers }: Program): boolean {
  if (attachedTo.length > 0 && servers.some(({ app, listens }) => app === null && listens.length > 0))
    return true;
  const seen = new Set<App>();
  const listens = (app: App): boolean => {
    if (seen.has(app)) return false;
    seen.add(app);
    return app.listens || app.mountedOn.some(listens);
  };
  return attachedTo.some(listens);
}

/** The `fix` that lets the session believe the proxy. It concerns the cookie only; how many proxies the application may trust cannot be told. */
export function believeProxy(session: SessionSetup): { readonly fix?: Fix } {
  const { proxyOption } = session.facts;
  if (proxyOption === null) return {};
  const description = `Let the session believe the proxy: \`${proxyOption}: true\`.`;
  const option = session.option(proxyOption);
  if (option.value.kind !== 'absent') return replaceLiteral(option, 'true', description);
  return writeOptions(session, new Map([[proxyOption, 'true']]), new Map(), description);
}

/** Why HTTPS is not seen, for a message. */
export function unseenHttps({ hosting }: Program): string {
  const shown = hosting.endsTlsBy === null ? '' : ` (${hosting.endsTlsBy} shows that there is one)`;
  return `the app listens in plain HTTP and does not trust the proxy that ends TLS${shown}`;
}
