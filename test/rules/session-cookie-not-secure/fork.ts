import session from '@gristlabs/express-session';
import cookieSession from '@shop/cookie-session';

// expect: session-cookie-not-secure
export const sessions = session({ secret: process.env.SECRET!, cookie: { maxAge: 60000 } });
// expect-none: session-cookie-not-secure
export const secured = session({ secret: process.env.SECRET!, cookie: { secure: true } });
// expect: session-cookie-not-secure
export const inCookie = cookieSession({ secret: process.env.SECRET!, secure: false });
