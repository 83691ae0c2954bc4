import session from 'express-session';
const production: boolean = process.env.NODE_ENV === 'production';
// expect-none: session-save-uninitialized
export const a = session({ secret: process.env.SECRET!, saveUninitialized: !production });
// expect: session-save-uninitialized
export const b = session({ secret: process.env.SECRET!, saveUninitialized: production });
