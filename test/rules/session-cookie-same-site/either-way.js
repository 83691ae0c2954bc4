const session = require('express-session');
module.exports = session({
  secret: process.env.SECRET,
  // Both are fine, whatever the variable says.
  // expect-none: session-cookie-same-site
  cookie: { sameSite: process.env.STRICT === '1' ? 'strict' : 'lax' },
});
