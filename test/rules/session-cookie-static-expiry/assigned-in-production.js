const session = require('express-session');
const cookie = { secure: true };
if (process.env.NODE_ENV === 'production') {
  // expect: session-cookie-static-expiry
  cookie.expires = new Date(Date.now() + 60 * 60 * 1000);
}
module.exports = session({ secret: process.env.SECRET, cookie });
