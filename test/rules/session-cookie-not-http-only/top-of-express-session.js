const session = require('express-session');
// express-session does not read it here.
// expect-none: session-cookie-not-http-only
module.exports = session({ secret: process.env.SECRET, httpOnly: false, cookie: { secure: true } });
