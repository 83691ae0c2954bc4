const cookieSession = require('cookie-session');
module.exports = cookieSession({
  keys: [process.env.KEY],
  // expect: session-cookie-not-http-only
  httpOnly: false,
});
