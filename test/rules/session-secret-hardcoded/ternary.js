const session = require('express-session');
// expect: session-secret-hardcoded
module.exports = session({ secret: process.env.SESSION_SECRET ? process.env.SESSION_SECRET : 'keyboard cat' });
