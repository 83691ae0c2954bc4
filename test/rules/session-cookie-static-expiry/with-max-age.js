const session = require('express-session');
// expect-none: session-cookie-static-expiry
module.exports = session({ secret: process.env.SECRET, cookie: { expires: new Date(Date.now() + 1), maxAge: 1000 } });
