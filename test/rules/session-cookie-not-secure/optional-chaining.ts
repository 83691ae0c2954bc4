import session from 'express-session';
interface Config {
  cookie?: { secure?: boolean };
}
const config: Config = { cookie: { secure: true } };
const empty: Config = {};
// expect-none: session-cookie-not-secure
export const a = session({ secret: process.env.SECRET!, cookie: { secure: config?.cookie?.secure ?? false } });
// expect: session-cookie-not-secure
export const b = session({ secret: process.env.SECRET!, cookie: { secure: empty?.cookie?.secure ?? false } });
