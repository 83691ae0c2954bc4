const session = require('express-session');
// expect: session-secret-hardcoded
module.exports = session({ secret: 'keyboard cat' });
