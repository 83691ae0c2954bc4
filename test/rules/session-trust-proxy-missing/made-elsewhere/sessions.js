const session = require('express-session');
module.exports = session({
  secret: process.env.SECRET,
  cookie: {
    // expect: session-trust-proxy-missing
    secure: true,
    sameSite: 'lax',
  },
});
