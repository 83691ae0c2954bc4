const session = require('express-session');
const cookie = {
  get httpOnly() {
    return false;
  },
};
// expect: session-cookie-not-http-only
module.exports = session({ secret: process.env.SECRET, cookie: { httpOnly: cookie.httpOnly } });
