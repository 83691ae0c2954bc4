import session from 'express-session';
// expect: session-secret-hardcoded
export default session({ secret: process.env.SESSION_SECRET ?? 'keyboard cat' });
