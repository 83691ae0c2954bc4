const session = require('express-session');
// expect-none: session-option-misplaced
module.exports = session({ secret: process.env.SECRET, proxy: true, rolling: true, resave: false, saveUninitialized: false, unset: 'destroy' });
