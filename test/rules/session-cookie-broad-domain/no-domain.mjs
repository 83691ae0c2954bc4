import session from 'express-session';
import cookieSession from 'cookie-session';
// expect-none: session-cookie-broad-domain
export const a = session({ secret: process.env.SECRET, cookie: { secure: true } });
// expect-none: session-cookie-broad-domain
export const b = cookieSession({ keys: [process.env.KEY], domain: undefined });
// expect-none: session-cookie-broad-domain
export const c = session({ secret: process.env.SECRET, cookie: { domain: '' } });
