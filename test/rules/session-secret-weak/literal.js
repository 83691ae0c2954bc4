const session = require('express-session');
// The graver finding says it all.
// expect: session-secret-hardcoded
// expect-none: session-secret-weak
module.exports = session({ secret: 'keyboard cat' });
