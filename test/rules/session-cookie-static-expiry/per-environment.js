const session = require('express-session');
const cookies = {
  // expect-none: session-cookie-static-expiry
  development: { expires: new Date(Date.now() + 1000) },
  // expect: session-cookie-static-expiry
  production: { expires: new Date(Date.now() + 86400000) },
};
module.exports = session({ secret: process.env.SECRET, cookie: cookies[process.env.NODE_ENV || 'development'] });
