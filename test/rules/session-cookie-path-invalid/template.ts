import session from 'express-session';
const base = 'shop';
// expect-none: session-cookie-path-invalid
export default session({ secret: process.env.SECRET!, cookie: { path: `/${base}` } });
