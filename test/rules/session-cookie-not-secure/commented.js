const session = require('express-session');
module.exports = session({
  secret: process.env.SECRET,
  // cookie: { secure: false },
  /* cookie: { secure: false }, */
  // expect-none: session-cookie-not-secure
  cookie: { secure: true /* false */ },
});
