const os = require('os');
const session = require('express-session');
// expect: session-secret-weak
module.exports = session({ secret: os.hostname() });
