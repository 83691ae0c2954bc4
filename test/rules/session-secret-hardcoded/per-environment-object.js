const session = require('express-session');
const config = {
  development: { secret: 'development' },
  test: { secret: 'test' },
  production: { secret: process.env.SESSION_SECRET },
}[process.env.NODE_ENV || 'development'];
// expect-none: session-secret-hardcoded
module.exports = session({ secret: config.secret });
