const session = require('express-session');
module.exports = session({
  secret: process.env.SECRET,
  cookie: {
    // expect: session-cookie-not-secure
    secure: process.env.NODE_ENV !== 'production',
  },
});
