const session = require('express-session');
const options = { secret: process.env.SECRET, cookie: { secure: true, httpOnly: true } };
if (!process.env.NODE_ENV || process.env.NODE_ENV === 'production') delete options.cookie.secure;
// expect: session-cookie-not-secure
module.exports = session(options);
