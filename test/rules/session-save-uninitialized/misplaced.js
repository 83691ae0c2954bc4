const session = require('express-session');
// expect: session-save-uninitialized
module.exports = session({ secret: process.env.SECRET, cookie: { saveUninitialized: false } });
