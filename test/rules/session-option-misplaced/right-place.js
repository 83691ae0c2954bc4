const session = require('express-session');
// expect-none: session-option-misplaced
module.exports = session({ secret: process.env.SECRET, cookie: { secure: true, httpOnly: true, maxAge: 1000 } });
