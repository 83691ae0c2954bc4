const session = require('express-session');
const readable = process.env.NODE_ENV !== 'production';
module.exports = session({
  secret: process.env.SECRET,
  // expect-none: session-cookie-not-http-only
  cookie: { httpOnly: !readable },
});
