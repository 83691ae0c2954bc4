const session = require('express-session');
// expect: session-cookie-no-expiry
module.exports = session({ secret: process.env.SECRET, maxAge: 1000, cookie: { secure: true } });
