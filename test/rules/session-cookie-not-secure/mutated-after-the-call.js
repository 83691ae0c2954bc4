const session = require('express-session');
const options = { secret: process.env.SECRET, cookie: {} };
// expect-none: session-cookie-not-secure
const middleware = session(options);
options.cookie.secure = true;
module.exports = middleware;
