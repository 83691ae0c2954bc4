const session = require('express-session');
const defaults = Object.freeze({ secure: true, path: '/' });
// expect-none: session-cookie-not-secure
exports.a = session({ secret: process.env.SECRET, cookie: structuredClone(defaults) });
// expect-none: session-cookie-not-secure
exports.b = session({ secret: process.env.SECRET, cookie: JSON.parse(JSON.stringify(defaults)) });
// expect-none: session-cookie-not-secure
exports.c = session({ secret: process.env.SECRET, cookie: { ...defaults } });
