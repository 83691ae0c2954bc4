const session = require('express-session');
// expect: session-cookie-no-expiry
exports.a = session({ secret: process.env.SECRET, cookie: { maxAge: false } });
// expect: session-cookie-no-expiry
exports.b = session({ secret: process.env.SECRET, cookie: { expires: false } });
