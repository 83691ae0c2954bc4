const { randomInt } = require('node:crypto');
const { nanoid } = require('nanoid');
const session = require('express-session');
// expect: session-secret-weak
exports.a = session({ secret: String(randomInt(1_000_000)) });
// expect: session-secret-weak
exports.b = session({ secret: nanoid(8) });
// expect-none: session-secret-weak
exports.c = session({ secret: nanoid(32) });
// expect-none: session-secret-weak
exports.d = session({ secret: nanoid() + nanoid() });
