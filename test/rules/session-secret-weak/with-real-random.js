const crypto = require('crypto');
const session = require('express-session');
// What is joined with real randomness is as good as that.
// expect-none: session-secret-weak
exports.a = session({ secret: Date.now() + crypto.randomBytes(32).toString('hex') });
// expect-none: session-secret-weak
exports.b = session({ secret: crypto.randomBytes(32).toString('hex') + Math.random() });
// expect-none: session-secret-weak
exports.c = session({ secret: `${Date.now()}-${process.env.SECRET}` });
