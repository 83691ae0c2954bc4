const session = require('express-session');
// expect: session-secret-weak
module.exports = session({ secret: Math.random().toString(36).slice(2) });
