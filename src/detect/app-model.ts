/** The model of each Express application as it would run in production: what rules may ask, and nothing of how it was found. */
import type { Fix } from '../model/finding.ts';
import type { Location, RelatedLocation } from '../model/location.ts';
import type { Project } from '../model/project.ts';

export type Primitive = string | number | boolean | bigint | null | undefined;

/** Why something cannot be known from the repository. */
export interface Reason {
  readonly kind:
    | 'environment'
    | 'argument'
    | 'library'
    | 'request'
    | 'file'
    | 'computed'
    | 'limit'
    | 'module';
  /** In words, fit after "cannot be decided: ", such as "it depends on the environment variable `PORT`". May hold text of the repository. */
  readonly text: string;
}

/** A value as it is in production. */
export type Value =
  /** `setBy`: the line of the environment file (a Dockerfile, `.env`, …) of which production has it. */
  | { readonly kind: 'known'; readonly value: Primitive; readonly setBy?: Location }
  /** Nothing was written. */
  | { readonly kind: 'absent' }
  /** One of several, depending on `reason`. */
  | { readonly kind: 'oneOf'; readonly alternatives: readonly Value[]; readonly reason: Reason }
  /** `open` tells why further fields may exist; null where the fields are all there are. */
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Option>; readonly open: Reason | null }
  | { readonly kind: 'array'; readonly items: readonly Option[]; readonly open: Reason | null }
  | { readonly kind: 'function'; readonly name: string | null }
  /** What a library made: `new RedisStore(…)`, `helmet()`. `export` is '' for the package's main export. */
  | {
      readonly kind: 'instance';
      readonly package: string;
      readonly export: string;
      readonly args: readonly Option[];
    }
  | { readonly kind: 'unknown'; readonly reason: Reason };

/** A value together with where it was written. */
export interface Option {
  readonly value: Value;
  /** The stretch that writes the value (the property of the options object, the assignment), else the call that lacks it. */
  readonly location: Location;
  /** The places that the value came through, from the option back to where it was written. */
  readonly related: readonly RelatedLocation[];
  /** The literal that gives the value, where it stands in `location` itself: what a correction replaces. */
  readonly written: Location | null;
}

/** `always`, or only under a condition that cannot be decided. */
export type Certainty = { readonly kind: 'always' } | { readonly kind: 'maybe'; readonly reason: Reason };

export type SessionMiddleware = 'express-session' | 'cookie-session';

export interface SessionSetup {
  readonly middleware: SessionMiddleware;
  /** The resolved version of the middleware's package, or null. */
  readonly version: string | null;
  /** The call that makes it. */
  readonly created: Location;
  /** The options object as a whole. */
  readonly options: Option;
  /** Asks for one option by its path, such as `cookie.secure`; where it is not written the location is the call. */
  option(path: string): Option;
  /** The apps on which it is registered; may be empty: it is judged all the same. */
  readonly attachedTo: readonly App[];
}

export type Handler =
  /** A function of the repository, and what it does to every response that it handles. */
  | {
      readonly kind: 'own';
      readonly effects: readonly ResponseEffect[];
      /** True where it names the parameter `next`, by which it can hand the request on. */
      readonly handsOn: boolean;
    }
  | {
      readonly kind: 'middleware';
      readonly package: string;
      readonly export: string;
      /** The resolved version of the package, or null. */
      readonly version: string | null;
      /** The range that package.json declares for the package, or null. */
      readonly declared: string | null;
      readonly args: readonly Option[];
      readonly created: Location;
    }
  | { readonly kind: 'unknown'; readonly reason: Reason };

/** What a handler does to the response, in the order in which it does it. */
export type ResponseEffect =
  | {
      readonly kind: 'set-header' | 'remove-header';
      /** In lower case. */
      readonly name: string;
      /** The value that is set, with the call as its location; absent where it is removed. */
      readonly option: Option;
      readonly certainty: Certainty;
    }
  | { readonly kind: 'apply'; readonly handler: Handler; readonly certainty: Certainty };

export interface Layer {
  readonly kind: 'middleware' | 'route' | 'router' | 'sub-app' | 'error-handler' | 'static';
  /** Upper case, `ALL` for app.all, or null for app.use. */
  readonly method: string | null;
  /** The path as it is known; `/` where none was given. */
  readonly path: Value;
  readonly handlers: readonly Handler[];
  readonly registered: Location;
  /** Only perhaps where a condition decides, also where it decides between several handlers. */
  readonly certainty: Certainty;
  /** The mounted router or app, where the layer is one. */
  readonly mounted: Router | App | null;
}

export interface Router {
  readonly kind: 'router';
  readonly created: Location;
  readonly layers: readonly Layer[];
}

export interface App {
  readonly kind: 'app';
  readonly framework: 'express' | 'nest';
  readonly created: Location;
  /** The resolved Express version, or null. */
  readonly version: string | null;
  readonly layers: readonly Layer[];
  /** A setting as `app.set`, `enable` or `disable` left it at the end of start-up; absent where Express' own default holds. */
  setting(name: string): Option;
  /** The apps that this one is mounted on. */
  readonly mountedOn: readonly App[];
  /** True where it has routes, static files or mounted routers, or listens: an app that answers requests. */
  readonly answers: boolean;
  /** True where it listens itself or is given to a server: the app that a program starts. */
  readonly listens: boolean;
  /**
   * Whether every response of this app goes through a handler for which `test` holds; with the reason where it depends.
   * `inherited`: handlers of the apps that it is mounted on count too.
   */
  passes(test: (handler: Handler) => boolean | null, inherited: boolean): Answer;
  /** The same of this app's own handlers, and only of those that stand before all that answers. */
  passesFirst(test: (handler: Handler) => boolean | null): Answer;
}

/** A question has three answers: yes, no, and cannot be known. */
export type Answer =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  | { readonly kind: 'unknown'; readonly reason: Reason };

/** What decides in some options object whether certificates are checked, or the variable NODE_TLS_REJECT_UNAUTHORIZED. */
export interface TlsValidation {
  readonly setting:
    | 'rejectUnauthorized'
    | 'NODE_TLS_REJECT_UNAUTHORIZED'
    | 'strictSSL'
    | 'sslValidate'
    | 'tlsInsecure'
    | 'tlsAllowInvalidCertificates'
    | 'tlsAllowInvalidHostnames'
    | 'trustServerCertificate'
    /** Its value is false where the function that is given never finds a fault. */
    | 'checkServerIdentity';
  readonly option: Option;
  /** `server`: options of a server of our own, where it concerns client certificates. */
  readonly role: 'client' | 'server';
  readonly certainty: Certainty;
}

/** What a cookie is for, as far as its name and the origin of its value tell. */
export type CookiePurpose =
  /** It tells who asks: a session's id, a token, a user's id. */
  | 'authentication'
  /** A token against cross-site request forgery, which scripts of the page read on purpose. */
  | 'csrf'
  | 'other';

export type CookieAttribute =
  | 'secure'
  | 'httpOnly'
  | 'sameSite'
  | 'maxAge'
  | 'expires'
  | 'domain'
  | 'path'
  | 'signed';

/** A cookie that a handler sends. */
export interface CookieWrite {
  /** Express' res.cookie(), `set` of the package cookies, or a Set-Cookie header. */
  readonly by: 'res.cookie' | 'cookies.set' | 'Set-Cookie';
  /** The call. */
  readonly location: Location;
  readonly name: Value;
  readonly value: Value;
  readonly purpose: CookiePurpose;
  /** It takes the cookie away: it has no content, or its time is over. */
  readonly deletes: boolean;
  /** An option as it is at the call; where it is not written the location is the call. */
  attribute(name: CookieAttribute): Option;
  /** The object literal that holds the options; null where there is none, or what it is called with is made otherwise. */
  readonly literal: { readonly location: Location; readonly empty: boolean } | null;
  /** The resolved version of what writes it (Express, cookies), or null. */
  readonly version: string | null;
}

/** Something that a handler puts on `req.session`. */
export interface SessionWrite {
  readonly location: Location;
  /** The property; `passport.user` for what passport's serializeUser gives. */
  readonly key: string;
  readonly value: Value;
  /** What the program calls the value, such as `user` or `user.id`. */
  readonly words: string | null;
  /** It tells who is signed in, and is written where somebody signs in. */
  readonly signsIn: boolean;
  /** The session has been given a new id on the way here. */
  readonly regenerated: boolean;
}

/** A sign-in by passport that keeps the user in the session. */
export interface Login {
  readonly by: 'passport.authenticate()' | 'req.login()';
  readonly location: Location;
  /** Whether this passport gives the session a new id; null where its version is not known. */
  readonly regenerates: boolean | null;
  /** The version, resolved or as declared. */
  readonly version: string | null;
}

/** What says which TLS versions, or which ciphers, a connection may have. */
export interface TlsSetting {
  /** As it is written: `minVersion`, `ssl_protocols`. */
  readonly name: string;
  readonly about: 'versions' | 'ciphers';
  /** Whose it is: a server or a client of the program, its whole process, or a proxy before it. */
  readonly side: 'server' | 'client' | 'process' | 'proxy';
  readonly location: Location;
  readonly related: readonly RelatedLocation[];
  /** What it admits that is known weak, such as `TLS 1.0` or `RC4`; empty where there is nothing. */
  readonly weak: readonly string[];
  /** Why it cannot be known whether it admits something weak, else null. */
  readonly unknown: Reason | null;
  readonly certainty: Certainty;
  /** The correction, where it is certain. */
  readonly fix: Fix | null;
}

export type ProxyKind = 'nginx' | 'Apache' | 'HAProxy' | 'Caddy' | 'Traefik' | 'the Ingress';

/** A place where a proxy passes requests on. */
export interface ProxyPass {
  /** As it is written, such as `http://app:3000`. */
  readonly upstream: string;
  /** Hosts with their ports to which that leads, as far as they are written; empty where none is. */
  readonly targets: readonly string[];
  readonly location: Location;
  /** Whether the requests come to the proxy by HTTPS. */
  readonly endsTls: boolean;
  /** Whether the header X-Forwarded-Proto is set on the way. */
  readonly forwardsProto: Answer;
  readonly related: readonly RelatedLocation[];
  /** What sets the header, where it is certain. */
  readonly fix: Fix | null;
}

/** A header Strict-Transport-Security that a proxy sends. */
export interface ProxyHsts {
  /** In seconds; null where the value is not known or has none. */
  readonly maxAge: number | null;
  readonly location: Location;
}

/** The configuration of a proxy, found in the repository. */
export interface ProxyConfig {
  readonly kind: ProxyKind;
  readonly file: string;
  readonly endsTls: boolean;
  readonly passes: readonly ProxyPass[];
  readonly tlsSettings: readonly TlsSetting[];
  readonly hsts: readonly ProxyHsts[];
}

/** A call of `listen`. */
export interface Listening {
  readonly location: Location;
  /** A number, or the path of a socket. */
  readonly port: Value;
  /** Absent: all addresses. */
  readonly host: Value;
  readonly certainty: Certainty;
}

/** `http`: also what `app.listen` makes. */
export interface Server {
  readonly kind: 'http' | 'https' | 'http2';
  readonly created: Location;
  readonly app: App | null;
  /** Empty where it is not seen to listen. */
  readonly listens: readonly Listening[];
  /** The options it is made with; absent where there are none. */
  readonly tls: Option;
}

/** All that the programs of one project do. */
export interface Program {
  readonly project: Project;
  readonly entries: readonly string[];
  readonly apps: readonly App[];
  readonly sessions: readonly SessionSetup[];
  readonly servers: readonly Server[];
  readonly tlsValidations: readonly TlsValidation[];
  /** Those of the program itself; proxies have their own. */
  readonly tlsSettings: readonly TlsSetting[];
  /** Proxies of the repository that may stand before the program. */
  readonly proxies: readonly ProxyConfig[];
  readonly cookieWrites: readonly CookieWrite[];
  readonly sessionWrites: readonly SessionWrite[];
  readonly logins: readonly Login[];
}

/** Which session middleware the program's sessions are kept by: what it makes, else what its project declares; null where that does not tell. */
export function sessionMiddleware(program: Program): SessionMiddleware | null {
  const kinds = new Set<SessionMiddleware>(program.sessions.map(({ middleware }) => middleware));
  if (kinds.size === 0) {
    const { dependencies = {} } = program.project.manifest;
    for (const name of ['express-session', 'cookie-session'] as const)
      if (Object.hasOwn(dependencies, name)) kinds.add(name);
  }
  return kinds.size === 1 ? [...kinds][0]! : null;
}

/** Where each middleware takes its cookie's options from: express-session under `cookie`, cookie-session at the top. */
export function cookieOption(session: SessionSetup, name: string): Option {
  return session.option(session.middleware === 'express-session' ? `cookie.${name}` : name);
}

/** How a message names a cookie: its name, where it is known. */
export function cookieName({ name }: CookieWrite): string {
  const [first] = alternatives(name);
  return first?.kind === 'known' && typeof first.value === 'string'
    ? `the cookie \`${first.value.slice(0, 60)}\``
    : 'the cookie';
}

/** The places that one of a cookie's options came through, and the call, where the option stands elsewhere. */
export function relatedOf(cookie: CookieWrite, option: Option): readonly RelatedLocation[] {
  const { file, line, column, endLine } = cookie.location;
  const { location, related } = option;
  const within = location.file === file && location.line >= line && location.line <= endLine;
  return within ? related : [...related, { file, line, column, message: 'the cookie is sent here' }];
}

/** How people call what writes the cookie. */
export function callOf({ by }: CookieWrite): string {
  switch (by) {
    case 'res.cookie':
      return 'res.cookie()';
    case 'cookies.set':
      return 'cookies.set()';
    case 'Set-Cookie':
      return 'the Set-Cookie header';
  }
}

/** How people call the middleware's function. */
export function callName(session: SessionSetup): string {
  return session.middleware === 'express-session' ? 'session()' : 'cookieSession()';
}

/** The options that decide when the cookie expires: of `maxAge` and `expires` the one that takes effect. */
export function expiryOption(session: SessionSetup): Option {
  const maxAge = cookieOption(session, 'maxAge');
  const expires = cookieOption(session, 'expires');
  // cookies 0.9, index.js: `if (this.maxAge) this.expires = …`; 0 is none.
  if (session.middleware === 'cookie-session') return truthiness(maxAge.value) === false ? expires : maxAge;
  // express-session copies the options in the order in which they are written; each of the two sets the other (session/cookie.js).
  const { value } = session.option('cookie');
  if (value.kind !== 'object') return isUnset(maxAge.value) ? expires : maxAge;
  const written = [...value.fields.keys()].filter((name) => name === 'maxAge' || name === 'expires');
  return written.at(-1) === 'expires'
    ? expires
    : written.length === 0 && maxAge.value.kind === 'absent'
      ? expires
      : maxAge;
}

/** The `fix` of a finding where a literal stands in the option, and so the correction is certain; else nothing. */
export function replaceLiteral(
  { written }: Option,
  text: string,
  description: string,
): { readonly fix?: Fix } {
  if (written === null) return {};
  const { file, line, column, endLine, endColumn } = written;
  return {
    fix: {
      description,
      edits: [{ file, start: { line, column }, end: { line: endLine, column: endColumn }, text }],
    },
  };
}

/** The `fix` of a finding that adds an option to an object literal; nothing where there is none. */
export function addOption(
  literal: CookieWrite['literal'],
  text: string,
  description: string,
): { readonly fix?: Fix } {
  if (literal === null) return {};
  const { file, line, column } = literal.location;
  // Behind the brace that opens it.
  const at = { line, column: column + 1 };
  return {
    fix: {
      description,
      edits: [{ file, start: at, end: at, text: literal.empty ? ` ${text} ` : ` ${text},` }],
    },
  };
}

/** True where nothing counts as written: absent, undefined or null. */
export function isUnset(value: Value): boolean {
  return (
    value.kind === 'absent' || (value.kind === 'known' && (value.value === undefined || value.value === null))
  );
}

/** The alternatives of a value; a value that is not `oneOf` is its own only alternative. */
export function alternatives(value: Value): readonly Value[] {
  return value.kind === 'oneOf' ? value.alternatives.flatMap(alternatives) : [value];
}

/**
 * Puts a question to a value: `test` says true, false, or null where that alternative does not tell.
 * Yes or no only where all alternatives agree; else unknown with the reason on which it hangs.
 */
export function ask(value: Value, test: (value: Value) => boolean | null): Answer {
  let yes = false;
  let no = false;
  for (const alternative of alternatives(value)) {
    if (alternative.kind === 'unknown') return { kind: 'unknown', reason: alternative.reason };
    const answer = test(alternative);
    if (answer === null) return { kind: 'unknown', reason: reasonOf(value) };
    if (answer) yes = true;
    else no = true;
  }
  if (yes && no) return { kind: 'unknown', reason: reasonOf(value) };
  return yes ? { kind: 'yes' } : { kind: 'no' };
}

function reasonOf(value: Value): Reason {
  if (value.kind === 'oneOf' || value.kind === 'unknown') return value.reason;
  return { kind: 'computed', text: 'it is computed in a way that the analysis does not follow' };
}

/** JavaScript's truthiness of a value; null where it cannot be known. */
export function truthiness(value: Value): boolean | null {
  switch (value.kind) {
    case 'known':
      return Boolean(value.value);
    case 'absent':
      return false;
    case 'oneOf': {
      const answers = new Set(value.alternatives.map(truthiness));
      return answers.size === 1 ? ([...answers][0] ?? null) : null;
    }
    case 'unknown':
      return null;
    default:
      return true;
  }
}

/** ` (set in Dockerfile:7)` where files of the repository give production the value by the environment; else nothing. */
export function settingInWords(value: Value): string {
  const places = alternatives(value).flatMap((one) =>
    one.kind === 'known' && one.setBy !== undefined ? [`${one.setBy.file}:${one.setBy.line}`] : [],
  );
  return places.length === 0 ? '' : ` (set in ${[...new Set(places)].join(' and ')})`;
}

/** A value in a few words for a message: `false`, `'lax'`, `an object`; strings are quoted and shortened, never secrets. */
export function inWords(value: Value): string {
  switch (value.kind) {
    case 'known':
      return typeof value.value === 'string'
        ? `'${value.value.length > 40 ? `${value.value.slice(0, 40)}…` : value.value}'`
        : String(value.value);
    case 'absent':
      return 'missing';
    case 'oneOf':
      return value.alternatives.map(inWords).join(' or ');
    case 'object':
      return 'an object';
    case 'array':
      return 'an array';
    case 'function':
      return 'a function';
    case 'instance':
      return `what \`${value.package}\` makes`;
    case 'unknown':
      return 'unknown';
  }
}
