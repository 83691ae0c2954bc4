const session = require('express-session');
// The middleware reads it in `cookie` only.
// expect: session-cookie-not-secure
module.exports = session({ secret: process.env.SECRET, secure: true, cookie: { httpOnly: true } });
