const session = require('express-session');
// expect-undecided: session-save-uninitialized
module.exports = session({ secret: process.env.SECRET, saveUninitialized: process.env.SAVE_EMPTY === 'yes' });
