import session = require('express-session');
const cookie: session.CookieOptions = { secure: true };
if (process.env.NODE_ENV === 'production') {
  // expect: session-cookie-not-http-only
  cookie.httpOnly = false;
}
export = session({ secret: process.env.SECRET!, cookie });
