import session, { type SessionOptions } from 'express-session';
const options = { secret: process.env.SECRET, cookie: { secure: true } } as SessionOptions;
// expect: session-cookie-not-secure
options.cookie = { ...options.cookie, secure: false };
export default session(options);
