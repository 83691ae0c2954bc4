const session = require('express-session');
// expect: session-cookie-no-expiry
module.exports = session({ secret: process.env.SECRET, rolling: true, cookie: {} });
