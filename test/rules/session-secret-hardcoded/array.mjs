import session from 'express-session';
// expect: session-secret-hardcoded
export default session({ secret: [process.env.SECRET, 'older secret'] });
