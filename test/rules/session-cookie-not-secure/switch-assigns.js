const session = require('express-session');
let secure;
switch (process.env.NODE_ENV) {
  case 'production':
  case 'staging':
    secure = true;
    break;
  default:
    secure = false;
}
// expect-none: session-cookie-not-secure
module.exports = session({ secret: process.env.SECRET, cookie: { secure } });
