const session = require('express-session');
let secret = process.env.SESSION_SECRET;
if (!secret) {
  if (process.env.NODE_ENV === 'production') process.exit(1);
  secret = 'development only';
}
// expect-none: session-secret-hardcoded
module.exports = session({ secret });
