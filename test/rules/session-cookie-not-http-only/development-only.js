const session = require('express-session');
// expect-none: session-cookie-not-http-only
module.exports = session({ secret: process.env.SECRET, cookie: { httpOnly: process.env.NODE_ENV !== 'development' } });
