const session = require('express-session');
if (process.env.NODE_ENV === 'production' && !process.env.SESSION_SECRET) {
  console.error('SESSION_SECRET is not set');
  process.exit(1);
}
const secret = process.env.SESSION_SECRET || 'development only';
// expect-none: session-secret-hardcoded
module.exports = session({ secret });
