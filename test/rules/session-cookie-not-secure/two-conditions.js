const session = require('express-session');
const production = process.env.NODE_ENV === 'production';
exports.a = session({
  secret: process.env.SECRET,
  // expect-undecided: session-cookie-not-secure
  cookie: { secure: production && process.env.INSECURE !== '1' },
});
exports.b = session({
  secret: process.env.SECRET,
  // expect-none: session-cookie-not-secure
  cookie: { secure: production || process.env.FORCE_SECURE === '1' },
});
exports.c = session({
  secret: process.env.SECRET,
  // expect: session-cookie-not-secure
  cookie: { secure: !production && process.env.FORCE_SECURE === '1' },
});
