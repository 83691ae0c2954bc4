const session = require('express-session');
const environments = {
  development: { cookie: { secure: false } },
  test: { cookie: { secure: false } },
  production: { cookie: { secure: true } },
};
const settings = environments[process.env.NODE_ENV || 'development'];
// expect-none: session-cookie-not-secure
module.exports = session({ secret: process.env.SECRET, cookie: settings.cookie });
