import session from 'express-session';
// expect-none: session-cookie-not-secure
export const each = (list) => list.map((session) => session({ cookie: { secure: false } }));
// expect-none: session-cookie-not-secure
export default session({ secret: process.env.SECRET, cookie: { secure: true } });
