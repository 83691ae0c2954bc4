const session = require('express-session');
const wrong = {
  // expect: session-cookie-not-http-only
  httpOnly: false,
};
exports.a = session({ secret: process.env.SECRET, cookie: { httpOnly: true, ...wrong } });
// expect-none: session-cookie-not-http-only
exports.b = session({ secret: process.env.SECRET, cookie: { ...wrong, httpOnly: true } });
