const session = require('express-session');
// Any text is true: the cookie is Secure.
// expect-none: session-cookie-not-secure
module.exports = session({ secret: process.env.SECRET, cookie: { secure: 'false' } });
