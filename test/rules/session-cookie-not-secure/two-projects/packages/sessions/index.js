const session = require('express-session');
module.exports = (options) =>
  session({
    secret: options.secret,
    // expect: session-cookie-not-secure
    cookie: { secure: options.secure },
  });
