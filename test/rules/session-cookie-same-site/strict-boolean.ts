import session from 'express-session';
// expect-none: session-cookie-same-site
export default session({ secret: process.env.SECRET!, cookie: { sameSite: true } });
