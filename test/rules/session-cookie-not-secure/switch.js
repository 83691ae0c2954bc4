const session = require('express-session');
function cookie(env) {
  switch (env) {
    case 'development':
    case 'test':
      return { secure: false };
    default:
      return { secure: true, maxAge: 1000 };
  }
}
// expect-none: session-cookie-not-secure
module.exports = session({ secret: process.env.SECRET, cookie: cookie(process.env.NODE_ENV || 'development') });
