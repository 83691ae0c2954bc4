const session = require('express-session');
// express-session takes '/' for an empty path.
// expect-none: session-cookie-path-invalid
module.exports = session({ secret: process.env.SECRET, cookie: { path: '' } });
