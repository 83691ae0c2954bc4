const crypto = require('crypto');
const session = require('express-session');
// expect: session-secret-weak
exports.a = session({ secret: crypto.randomBytes(4).toString('hex') });
// expect: session-secret-weak
exports.b = session({ secret: crypto.randomBytes(8).toString('base64') });
// expect-none: session-secret-weak
exports.c = session({ secret: crypto.randomBytes(16).toString('hex') });
// expect-none: session-secret-weak
exports.d = session({ secret: crypto.randomBytes(64).toString('hex') });
// expect-none: session-secret-weak
exports.e = session({ secret: crypto.randomBytes(Number(process.env.BYTES)).toString('hex') });
