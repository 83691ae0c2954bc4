const session = require('express-session');
module.exports = function sessions(config) {
  return session({
    secret: config.secret,
    // expect-undecided: session-cookie-not-secure
    cookie: { secure: config.secure },
  });
};
