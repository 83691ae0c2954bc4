const session = require('express-session');
// expect: session-memory-store
module.exports = session({ secret: process.env.SECRET, store: undefined });
