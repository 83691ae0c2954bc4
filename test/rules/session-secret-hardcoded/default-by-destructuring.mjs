import session from 'express-session';
const { SESSION_SECRET = 'keyboard cat' } = process.env;
// expect: session-secret-hardcoded
export default session({ secret: SESSION_SECRET });
