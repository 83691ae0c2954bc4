/** What a started program was seen to send: the messages between the test and the process that starts programs. */

export type Probe = 'plain' | 'forwarded' | 'tls';

/** The place of a call in the program's own code. */
export interface Site {
  readonly file: string;
  readonly line: number;
}

export interface Cookie {
  readonly name: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  /** Lower case; null where it is missing. */
  readonly sameSite: string | null;
  readonly path: string | null;
  readonly expires: boolean;
  /** The date of `Expires`; null where it is missing. */
  readonly expiresAt: string | null;
}

export interface SeenSession {
  readonly site: Site;
  readonly middleware: 'express-session' | 'cookie-session';
  /** Whether the middleware warned of its memory store. */
  readonly memoryWarning: boolean;
  /** Names of the options that the middleware was given, inherited ones too. */
  readonly options: readonly string[];
  /** Names of those in `cookie`. */
  readonly cookieOptions: readonly string[];
  /** The cookie's path, where one was given in the place where the middleware looks. */
  readonly path: string | null;
  /** Whether cookie-session was given one in `cookie`, where it does not look. */
  readonly hasPathElsewhere: boolean;
  /** Whether the program listens itself; one that only exports its app is served by whatever takes it. */
  readonly listens: boolean;
  /** Whether any request went through it and a route answered. */
  readonly used: boolean;
  /** The first cookie that it set, rather one without Secure, by the way in which the request came; null where it set none. */
  readonly cookies: Readonly<Record<Probe, Cookie | null>>;
  /** Whether a session that begins some hours later gets the same date of expiry; null where no cookie tells. */
  readonly hasFixedExpiry: boolean | null;
  /** Whether cookie-session was given `expires` in `cookie`, where it does not look. */
  readonly hasExpiresElsewhere: boolean;
}

/** A call of helmet, or of one of its middlewares, through which requests went. */
export interface SeenHelmet {
  readonly site: Site;
  /** Headers that helmet has on by default, that this call does not set and that no request through it was answered with. */
  readonly off: readonly string[];
  /** The same, but that some requests were answered with. */
  readonly partlyOff: readonly string[];
  /** Routes below its path that were answered without it, and without a header that it sets. */
  readonly bareRoutes: readonly string[];
}

/** A cookie that a route set by `res.cookie()`. */
export interface SeenWrite {
  readonly site: Site;
  readonly cookie: Cookie;
}

export interface SeenApp {
  readonly site: Site;
  /** Whether other apps hand requests on to it. */
  readonly mounted: boolean;
  /** Whether it answered any request with a route of its own. */
  readonly answered: boolean;
  /** Whether, served by itself, it sends `X-Powered-By: Express` on any response. */
  readonly poweredBy: boolean;
  /** How many of the headers that helmet sets were on each answer of its own routes. */
  readonly protections: readonly number[];
  /** The same on what no route answers. */
  readonly protectionsElsewhere: number | null;
  /** The same where what is mounted beside the app had the request too. */
  readonly protectionsBeside: number | null;
}

export interface Observation {
  readonly sessions: readonly SeenSession[];
  readonly apps: readonly SeenApp[];
  readonly helmets: readonly SeenHelmet[];
  /** Whether no request went through a call of helmet. */
  readonly hasIdleHelmet: boolean;
  readonly writes: readonly SeenWrite[];
}

export interface Order {
  readonly id: number;
  /** Absolute directory of the program. */
  readonly directory: string;
  readonly entry: string;
  readonly paths: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export type Answer =
  | { readonly id: number; readonly observation: Observation }
  /** The program did not start. */
  | { readonly id: number; readonly problem: string };
