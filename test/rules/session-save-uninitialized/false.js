const session = require('express-session');
// expect-none: session-save-uninitialized
module.exports = session({ secret: process.env.SECRET, resave: false, saveUninitialized: false });
