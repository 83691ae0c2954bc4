import session from 'express-session';
const base = { resave: false, saveUninitialized: false };
// expect-none: session-save-uninitialized
export const a = session({ ...base, secret: process.env.SECRET });
// expect: session-save-uninitialized
export const b = session({ secret: process.env.SECRET, ...{ resave: true } });
