const session = require('express-session');
module.exports = session({
  secret: process.env.SECRET,
  cookie: {
    // expect: session-cookie-static-expiry
    expires: new Date(Date.now() + 3600000),
  },
});
