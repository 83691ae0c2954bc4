import session from 'express-session';
// expect-none: session-cookie-static-expiry
export default session({ secret: process.env.SECRET!, cookie: { maxAge: 1000 } });
