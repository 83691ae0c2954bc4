const session = require('express-session');
const cookie = {};
if (process.env.NODE_ENV === 'development') cookie.maxAge = 1000;
// expect: session-cookie-no-expiry
module.exports = session({ secret: process.env.SECRET, cookie });
