const session = require('express-session');
module.exports = session({
  secret: process.env.SECRET,
  // A function of the request, since 1.19.
  cookie: (req) => ({
    // expect: session-cookie-not-secure
    secure: false,
    maxAge: 3600000,
  }),
});
