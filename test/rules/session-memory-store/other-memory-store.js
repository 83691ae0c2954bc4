const session = require('express-session');
const MemoryStore = require('memorystore')(session);
// The package memorystore prunes what has expired.
// expect-none: session-memory-store
module.exports = session({ secret: process.env.SECRET, store: new MemoryStore({ checkPeriod: 86400000 }) });
