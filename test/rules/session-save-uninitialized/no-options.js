const session = require('express-session');
// expect: session-save-uninitialized
module.exports = session();
