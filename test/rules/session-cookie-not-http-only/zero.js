const session = require('express-session');
// expect: session-cookie-not-http-only
module.exports = session({ secret: process.env.SECRET, cookie: { httpOnly: 0 } });
