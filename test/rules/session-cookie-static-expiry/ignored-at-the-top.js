const session = require('express-session');
// The middleware does not read it here: session-option-misplaced speaks of it.
// expect-none: session-cookie-static-expiry
module.exports = session({ secret: process.env.SECRET, expires: new Date(Date.now() + 1000), cookie: { maxAge: 1000 } });
