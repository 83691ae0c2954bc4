const cookieSession = require('cookie-session');
// cookie-session takes null for its default, express-session does not.
// expect-none: session-cookie-not-http-only
exports.kept = cookieSession({ keys: [process.env.KEY], httpOnly: null });
const session = require('express-session');
// expect: session-cookie-not-http-only
exports.off = session({ secret: process.env.SECRET, cookie: { httpOnly: null } });
// expect: session-cookie-not-http-only
exports.unset = session({ secret: process.env.SECRET, cookie: { httpOnly: undefined } });
