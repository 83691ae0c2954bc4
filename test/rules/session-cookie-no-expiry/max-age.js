const session = require('express-session');
// expect-none: session-cookie-no-expiry
module.exports = session({ secret: process.env.SECRET, cookie: { maxAge: 24 * 60 * 60 * 1000 } });
