const assert = require('assert');
const session = require('express-session');
assert(process.env.SESSION_SECRET, 'SESSION_SECRET is not set');
// expect-none: session-secret-hardcoded
module.exports = session({ secret: process.env.SESSION_SECRET });
