const session = require('express-session');
// expect-none: session-secret-weak
module.exports = session({ secret: process.env.SESSION_SECRET });
