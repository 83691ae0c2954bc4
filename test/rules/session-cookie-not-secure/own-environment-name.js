const session = require('express-session');
const isProduction = process.env.APP_ENV === 'production';
module.exports = session({
  secret: process.env.SECRET,
  // expect-undecided: session-cookie-not-secure
  cookie: { secure: isProduction },
});
