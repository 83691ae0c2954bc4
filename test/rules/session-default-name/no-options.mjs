import createSession from 'express-session';
// expect: session-default-name
export default createSession();
