const session = require('express-session');
// expect-none: session-cookie-static-expiry
module.exports = session({ secret: process.env.SECRET, cookie: { expires: false } });
