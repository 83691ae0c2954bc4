const session = require('express-session');
const base = { secure: true, httpOnly: true };
module.exports = session({
  secret: process.env.SECRET,
  cookie: {
    ...base,
    // expect: session-cookie-not-secure
    secure: false,
  },
});
