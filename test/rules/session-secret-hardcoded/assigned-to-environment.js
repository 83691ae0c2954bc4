const session = require('express-session');
process.env.SESSION_SECRET = 'set by the program itself';
// expect: session-secret-hardcoded
module.exports = session({ secret: process.env.SESSION_SECRET });
