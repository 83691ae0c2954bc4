const session = require('express-session');
const cookie = {};
switch (process.env.NODE_ENV) {
  case 'production':
    cookie.secure = true;
  // No break: the next case runs too.
  case 'development':
    // expect: session-cookie-not-secure
    cookie.secure = false;
}
module.exports = session({ secret: process.env.SECRET, cookie });
