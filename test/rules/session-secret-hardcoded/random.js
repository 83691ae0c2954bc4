const crypto = require('crypto');
const session = require('express-session');
// expect-none: session-secret-hardcoded
module.exports = session({ secret: crypto.randomBytes(32).toString('hex') });
