const session = require('express-session');
const cookieSession = require('cookie-session');
// A cookie that ends at once has an end.
// expect-none: session-cookie-no-expiry
exports.a = session({ secret: process.env.SECRET, cookie: { maxAge: 0 } });
// cookies counts from maxAge only where it is not 0.
// expect: session-cookie-no-expiry
exports.b = cookieSession({ keys: [process.env.KEY], maxAge: 0 });
