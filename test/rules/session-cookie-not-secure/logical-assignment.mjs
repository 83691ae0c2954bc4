import session from 'express-session';
const cookie = { httpOnly: true };
cookie.secure ??= process.env.NODE_ENV === 'production';
// expect-none: session-cookie-not-secure
export const a = session({ secret: process.env.SECRET, cookie });
const other = { secure: false };
other.secure ??= true;
other.secure &&= true;
// expect: session-cookie-not-secure
export const b = session({ secret: process.env.SECRET, cookie: { secure: other.secure } });
