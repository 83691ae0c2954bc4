const session = require('express-session');
// Whoever calls this gives a store.
// expect-none: session-memory-store
module.exports = (store) => session({ secret: process.env.SECRET, store });
