const session = require('express-session');
module.exports = session({
  secret: process.env.SECRET,
  // expect: session-cookie-not-secure
  cookie: { secure: false },
});
