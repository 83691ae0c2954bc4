import session from 'express-session';
// expect: session-cookie-not-secure
export default session();
