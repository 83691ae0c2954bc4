const session = require('express-session');
// expect-none: session-option-misplaced
module.exports = session({ secret: process.env.SECRET, secure: true, cookie: { secure: true } });
