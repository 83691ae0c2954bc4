import ms from 'ms';
import session from 'express-session';
// expect-none: session-cookie-no-expiry
export default session({ secret: process.env.SECRET, cookie: { maxAge: ms('2 hours') } });
