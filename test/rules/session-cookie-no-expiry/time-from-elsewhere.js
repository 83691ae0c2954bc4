const session = require('express-session');
// expect-none: session-cookie-no-expiry
exports.a = session({ secret: process.env.SECRET, cookie: { maxAge: Number(process.env.HOURS) * 3600000 } });
// expect-none: session-cookie-no-expiry
exports.b = session({ secret: process.env.SECRET, cookie: { maxAge: parseInt(process.env.TTL, 10) || 86400000 } });
// expect-undecided: session-cookie-no-expiry
exports.c = session({ secret: process.env.SECRET, cookie: { maxAge: process.env.TTL ? Number(process.env.TTL) : undefined } });
exports.d = (config) => {
  // expect-undecided: session-cookie-no-expiry
  return session({ secret: config.secret, cookie: config.cookie });
};
