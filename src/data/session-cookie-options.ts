/** Names the options that express-session reads inside of `cookie`, so that one which stands elsewhere is known for what it is. */

/** Source: express-session 1.19, session/cookie.js. */
export const sessionCookieOptions = [
  'secure',
  'httpOnly',
  'sameSite',
  'maxAge',
  'expires',
  'domain',
  'path',
  'partitioned',
  'priority',
] as const;
