const session = require('express-session');
const options = { secret: process.env.SECRET, cookie: {} };
if (process.env.NODE_ENV === 'development') options.cookie.sameSite = 'lax';
// expect: session-cookie-same-site
module.exports = session(options);
