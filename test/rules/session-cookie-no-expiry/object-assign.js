const session = require('express-session');
const base = { httpOnly: true, maxAge: null };
// expect-none: session-cookie-no-expiry
exports.a = session({ secret: process.env.SECRET, cookie: Object.assign({}, base, { maxAge: 5000 }) });
// expect: session-cookie-no-expiry
exports.b = session({ secret: process.env.SECRET, cookie: Object.assign({ maxAge: 5000 }, base) });
