import session from 'express-session';
const dev = process.env.NODE_ENV !== 'production';
// expect: session-cookie-not-http-only
export default session({ secret: process.env.SECRET, cookie: { httpOnly: dev } });
