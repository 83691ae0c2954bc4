const session = require('express-session');
module.exports = session({
  secret: process.env.SECRET,
  // expect-none: session-cookie-not-secure
  cookie: process.env.NODE_ENV === 'production' ? { secure: true, sameSite: 'lax' } : {},
});
