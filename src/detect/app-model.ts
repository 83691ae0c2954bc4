/** The model of each Express application as it would run in production: what rules may ask, and nothing of how it was found. */
import type { Fix, TextEdit } from '../model/finding.ts';
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
    /** Whether something fails: nothing that anybody chooses. */
    | 'error'
    | 'file'
    | 'computed'
    | 'limit'
    | 'module';
  /** In words, fit after "cannot be decided: ", such as "it depends on the environment variable `PORT`". May hold text of the repository. */
  readonly text: string;
  /** True where others can find out what it is: the time, a number that is only seemingly random, a few random bytes. */
  readonly guessable?: true;
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
  /** `truthy`: what the conditions on the way have told about it. */
  | { readonly kind: 'unknown'; readonly reason: Reason; readonly truthy?: boolean };

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

export type SessionMiddleware =
  | 'express-session'
  | 'cookie-session'
  /** `express.cookieSession` of Express 3. */
  | 'connect-cookie-session'
  | 'client-sessions'
  | 'iron-session'
  | 'express-openid-connect';

/** What a session middleware, in its version, does with its options. */
export interface SessionFacts {
  /** How people call its function, such as `session()`. */
  readonly call: string;
  /** The option that holds the cookie's options; '' where they stand at the top level. */
  readonly cookie: string;
  /** Options that name the cookie; the first that is set counts. */
  readonly name: readonly string[];
  /** Null where a missing name is no question. */
  readonly defaultName: string | null;
  readonly secrets: readonly string[];
  /** The option that holds the store; null where the cookie itself holds the session. */
  readonly store: string | null;
  /** Whether the cookie is Secure where nothing is said; `connection`: where the request is seen to come by HTTPS. */
  readonly secure: 'yes' | 'no' | 'connection';
  /** SameSite where nothing is said; `ignored`: the version does not know the option. */
  readonly sameSite: 'no' | 'lax' | 'ignored';
  /** Whether the cookie expires where nothing is said. */
  readonly expires: boolean;
  /** By what it tells HTTPS, without which it sends no Secure cookie: by the socket alone, as the application does (`trust proxy`), or it does not ask. */
  readonly https: 'socket' | 'application' | 'anyhow';
  /** The option that makes it believe X-Forwarded-Proto. */
  readonly proxyOption: string | null;
  /** Whether `secure: 'auto'` leaves Secure to the connection, as it is seen where the session begins. */
  readonly secureAuto: boolean;
  /** Whether the cookie's options may be a function. */
  readonly cookieFunction: boolean;
  /** Whether it saves sessions that nothing was put into, unless told otherwise. */
  readonly savesUninitialized: boolean;
}

export interface SessionSetup {
  readonly middleware: SessionMiddleware;
  readonly facts: SessionFacts;
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
  /** The set-ups of which the program takes one in place of this one, depending on `reason`. */
  readonly rivals: { readonly reason: Reason; readonly setups: readonly SessionSetup[] } | null;
  /**
   * The edits that write options which are missing, by path with their source text (`cookie.secure` -> `true`).
   * `companions`: what an object that is not there yet, or is empty, gets besides.
   * Null where no object literal of this set-up alone stands there to write into.
   */
  write(
    options: ReadonlyMap<string, string>,
    companions: ReadonlyMap<string, string>,
  ): readonly TextEdit[] | null;
  /** The edits that move options between the top level and the object for the cookie, and write `beside` at the top; null where that is not certain. */
  move(paths: ReadonlyMap<string, string>, beside: readonly string[]): readonly TextEdit[] | null;
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
  /** Express' res.cookie(), `set` of the package cookies, a Set-Cookie header, or csrf-csrf's doubleCsrf() with each token. */
  readonly by: 'res.cookie' | 'cookies.set' | 'Set-Cookie' | 'doubleCsrf';
  /** The call. */
  readonly location: Location;
  readonly name: Value;
  readonly value: Value;
  readonly purpose: CookiePurpose;
  /** It takes the cookie away: it has no content, or its time is over. */
  readonly deletes: boolean;
  /** An option as it is at the call; where it is not written the location is the call. */
  attribute(name: CookieAttribute): Option;
  /**
   * The edit that writes an option which is missing; null where none is certain. Where no options are there yet, all that are missing are
   * written at once: edits of the several lacks would not go together.
   */
  write(name: CookieAttribute): TextEdit | null;
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
  /** True where a setting keeps the proxy from sending it at all. */
  readonly off?: boolean;
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

/** What the files of the repository show of where the program runs. */
export interface Hosting {
  /** The file that shows that something before the application ends TLS, else null. */
  readonly endsTlsBy: string | null;
  /** Whether it is built as a container. */
  readonly inContainer: boolean;
  /** Where Compose publishes its port: to all who reach the machine, or only on addresses of the machine itself; null where it does not. */
  readonly published: { readonly to: 'all' | 'machine'; readonly location: Location } | null;
}

/** A private key that stands in the repository. */
export interface PrivateKey {
  readonly location: Location;
  /** Such as `PKCS#8`. */
  readonly format: string;
  /** Whether a passphrase protects it. */
  readonly encrypted: boolean;
  /** False where it stands among code or settings. */
  readonly inFileOfItsOwn: boolean;
  /** Where production's start-up reads its file, else null. */
  readonly readAt: Location | null;
}

/** A call of `listen`. */
export interface Listening {
  readonly location: Location;
  /** A number, or the path of a socket. */
  readonly port: Value;
  /** Whether an environment variable decides the port. */
  readonly portByEnvironment: boolean;
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
  /** Where middleware of the repository marks requests as having come by HTTPS (`req.connection.encrypted = true`). */
  readonly requestMarks: readonly Location[];
  readonly tlsValidations: readonly TlsValidation[];
  /** Those of the program itself; proxies have their own. */
  readonly tlsSettings: readonly TlsSetting[];
  /** Proxies of the repository that may stand before the program. */
  readonly proxies: readonly ProxyConfig[];
  /** Private keys in the repository that production may use. */
  readonly privateKeys: readonly PrivateKey[];
  readonly hosting: Hosting;
  /** Where the program first asks by which protocol a request came, by `req.secure`, `req.protocol` or the header; null where it does not. */
  readonly protocolUse: { readonly location: Location; readonly readsHeader: boolean } | null;
  readonly cookieWrites: readonly CookieWrite[];
  readonly sessionWrites: readonly SessionWrite[];
  readonly logins: readonly Login[];
}

/** Those that give `req.session`. */
const keepers = ['express-session', 'cookie-session', 'connect-cookie-session'] as const;

/** Which middleware keeps the program's `req.session`: what it makes, else what its project declares; null where that does not tell. */
export function sessionMiddleware(program: Program): SessionMiddleware | null {
  const made = new Set(program.sessions.map(({ middleware }) => middleware));
  const { dependencies = {} } = program.project.manifest;
  const found = keepers.filter((name) =>
    made.size > 0 ? made.has(name) : Object.hasOwn(dependencies, name),
  );
  if (found.length <= 1) return found[0] ?? null;
  // One of them may serve a single route: what is registered for all of an app or router keeps what most handlers see.
  const byUse = found.filter((name) => program.apps.some((app) => isUsed(app, name, new Set())));
  return byUse.length === 1 ? byUse[0]! : null;
}

/** Whether an app, or a router below it, registers a package's middleware by `use`. */
function isUsed(on: App | Router, packageName: string, seen: Set<App | Router>): boolean {
  if (seen.has(on)) return false;
  seen.add(on);
  return on.layers.some(
    ({ method, handlers, mounted }) =>
      (method === null &&
        handlers.some((handler) => handler.kind === 'middleware' && handler.package === packageName)) ||
      (mounted !== null && isUsed(mounted, packageName, seen)),
  );
}

/** One of the cookie's options, from where the middleware takes them: express-session under `cookie`, cookie-session at the top. */
export function cookieOption(session: SessionSetup, name: string): Option {
  return session.option(cookiePath(session, name));
}

/** What decides whether the cookie is Secure: cookies lets its deprecated `secureProxy` overrule `secure` (index.js, `"secureProxy" in opts`). */
export function secureOption(session: SessionSetup): Option {
  if (session.facts.secure === 'connection') {
    const proxied = cookieOption(session, 'secureProxy');
    if (isWritten(session, proxied)) return proxied;
  }
  return cookieOption(session, 'secure');
}

/** The path of one of the cookie's options, as the user writes it. */
export function cookiePath({ facts }: SessionSetup, name: string): string {
  return facts.cookie === '' ? name : `${facts.cookie}.${name}`;
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
    case 'doubleCsrf':
      return 'doubleCsrf()';
  }
}

/** How people call the middleware's function. */
export function callName(session: SessionSetup): string {
  return session.facts.call;
}

/** Whether something stands in the source for an option, also where it is not known what it gives. */
export function isWritten({ created }: SessionSetup, { value, location }: Option): boolean {
  if (value.kind === 'absent') return false;
  return (
    location.file !== created.file || location.line !== created.line || location.column !== created.column
  );
}

/** The options that decide when the cookie expires: of `maxAge` and `expires` the one that takes effect. */
export function expiryOption(session: SessionSetup): Option {
  const maxAge = cookieOption(session, 'maxAge');
  const expires = cookieOption(session, 'expires');
  if (session.facts.cookie === '') {
    // cookies 0.9, index.js: `if (this.maxAge) this.expires = …`; 0 is none. `maxage` is its older name.
    if (truthiness(maxAge.value) !== false) return maxAge;
    const older = cookieOption(session, 'maxage');
    return truthiness(older.value) === false ? expires : older;
  }
  // express-session copies the options in the order in which they are written; each of the two sets the other (session/cookie.js).
  const { value } = session.option(session.facts.cookie);
  if (value.kind !== 'object') return isUnset(maxAge.value) ? expires : maxAge;
  const written = [...value.fields.keys()].filter((name) => name === 'maxAge' || name === 'expires');
  return written.at(-1) === 'expires'
    ? expires
    : written.length === 0 && maxAge.value.kind === 'absent'
      ? expires
      : maxAge;
}

/** The `fix` that writes missing options; nothing where no literal stands there to write into. */
export function writeOptions(
  session: SessionSetup,
  options: ReadonlyMap<string, string>,
  companions: ReadonlyMap<string, string>,
  description: string,
): { readonly fix?: Fix } {
  const edits = session.write(options, companions);
  return edits === null || edits.length === 0 ? {} : { fix: { description, edits } };
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

/** The `fix` of a finding about a cookie's option that is missing; nothing where it cannot be written for certain. */
export function writeCookieOption(cookie: CookieWrite, name: CookieAttribute): { readonly fix?: Fix } {
  const edit = cookie.write(name);
  return edit === null ? {} : { fix: { description: `Write ${name}.`, edits: [edit] } };
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
      return value.truthy ?? null;
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
