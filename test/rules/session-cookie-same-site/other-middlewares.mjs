import clientSessions from 'client-sessions';
import { auth } from 'express-openid-connect';
import { ironSession } from 'iron-session/express';
// expect: session-cookie-same-site
export const a = clientSessions({ cookieName: 'shop', secret: process.env.SECRET });
// expect-none: session-cookie-same-site
export const b = clientSessions({ cookieName: 'shop', secret: process.env.SECRET, cookie: { sameSite: 'lax' } });
// expect-none: session-cookie-same-site
export const c = ironSession({ cookieName: 'shop', password: process.env.SECRET });
// expect: session-cookie-same-site
export const d = ironSession({ cookieName: 'shop', password: process.env.SECRET, cookieOptions: { sameSite: 'none' } });
// expect-none: session-cookie-same-site
export const e = auth({ secret: process.env.SECRET });
// expect: session-cookie-same-site
export const f = auth({ secret: process.env.SECRET, session: { cookie: { sameSite: 'None' } } });
