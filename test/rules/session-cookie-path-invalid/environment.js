const session = require('express-session');
// expect-none: session-cookie-path-invalid
module.exports = session({ secret: process.env.SECRET, cookie: { path: process.env.COOKIE_PATH } });
