const fs = require('fs');
const session = require('express-session');
// expect-none: session-secret-hardcoded
module.exports = session({ secret: fs.readFileSync('/run/secrets/session', 'utf8').trim() });
