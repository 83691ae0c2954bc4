const session = require('express-session');
// expect-none: session-save-uninitialized
exports.a = session({ secret: process.env.SECRET, saveUninitialized: null });
// expect-none: session-save-uninitialized
exports.b = session({ secret: process.env.SECRET, saveUninitialized: 0 });
// expect: session-save-uninitialized
exports.c = session({ secret: process.env.SECRET, saveUninitialized: undefined });
// expect: session-save-uninitialized
exports.d = session({ secret: process.env.SECRET, saveUninitialized: 'false' });
