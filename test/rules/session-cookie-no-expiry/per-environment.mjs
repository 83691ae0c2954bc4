import session from 'express-session';
const cookies = {
  development: { maxAge: 1000 },
  production: { secure: true },
};
// expect: session-cookie-no-expiry
export default session({ secret: process.env.SECRET, cookie: cookies[process.env.NODE_ENV || 'development'] });
