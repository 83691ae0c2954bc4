const session = require('express-session');
// Neither is the option that the middleware knows: HttpOnly stays on.
// expect-none: session-cookie-not-http-only
module.exports = session({ secret: process.env.SECRET, cookie: { httponly: false, HttpOnly: false } });
