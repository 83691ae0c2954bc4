const session = require('express-session');
// Nothing is set by it, so nothing is ignored.
// expect-none: session-option-misplaced
module.exports = session({ secret: process.env.SECRET, secure: undefined, cookie: { secure: true } });
