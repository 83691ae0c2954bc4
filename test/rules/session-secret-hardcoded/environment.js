const session = require('express-session');
// expect-none: session-secret-hardcoded
module.exports = session({ secret: process.env.SESSION_SECRET });
