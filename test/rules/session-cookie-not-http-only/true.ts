import session from 'express-session';
// expect-none: session-cookie-not-http-only
export default session({ secret: process.env.SECRET!, cookie: { httpOnly: true } });
