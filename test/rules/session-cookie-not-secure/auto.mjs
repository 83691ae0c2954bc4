import session from 'express-session';
// expect-none: session-cookie-not-secure
export const s = session({ secret: process.env.SECRET, cookie: { secure: 'auto' } });
