import clientSessions from 'client-sessions';
import { auth } from 'express-openid-connect';
import { ironSession } from 'iron-session/express';
// expect-none: session-cookie-no-expiry
export const a = clientSessions({ cookieName: 'shop', secret: process.env.SECRET! });
// expect-none: session-cookie-no-expiry
export const b = ironSession({ cookieName: 'shop', password: process.env.SECRET! });
// expect-none: session-cookie-no-expiry
export const c = auth({ secret: process.env.SECRET });
// expect: session-cookie-no-expiry
export const d = ironSession({ cookieName: 'shop', password: process.env.SECRET!, cookieOptions: { maxAge: undefined } });
