import session from 'express-session';
// expect: session-memory-store
export default session();
