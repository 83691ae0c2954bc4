import session from 'express-session';
// expect: session-save-uninitialized
export default session({ secret: process.env.SECRET, resave: false, saveUninitialized: true });
