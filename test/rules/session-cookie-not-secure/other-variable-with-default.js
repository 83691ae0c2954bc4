const session = require('express-session');
module.exports = session({
  secret: process.env.SECRET,
  // expect-undecided: session-cookie-not-secure
  cookie: { secure: process.env.COOKIE_SECURE || false },
});
