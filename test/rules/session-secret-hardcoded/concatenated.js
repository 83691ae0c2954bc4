const session = require('express-session');
const prefix = 'keyboard';
// expect: session-secret-hardcoded
module.exports = session({ secret: `${prefix} cat` });
