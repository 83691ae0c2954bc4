const session = require('express-session');
const options = { secret: process.env.SECRET, cookie: { secure: true } };
if (process.env.NODE_ENV !== 'production') options.cookie.secure = false;
// expect-none: session-cookie-not-secure
module.exports = session(options);
