const session = require('express-session');
const MemoryStore = require('express-session/session/memory');
// expect: session-memory-store
exports.a = session({ secret: process.env.SECRET, store: new MemoryStore() });
// Prunes what has expired; see the rule's limits.
const PruningStore = require('memorystore')(session);
// expect-none: session-memory-store
exports.b = session({ secret: process.env.SECRET, store: new PruningStore({ checkPeriod: 86400000 }) });
const AnyStore = require('a-store-that-nobody-knows')(session);
// expect-none: session-memory-store
exports.c = session({ secret: process.env.SECRET, store: new AnyStore() });
// expect: session-memory-store
exports.d = session({ secret: process.env.SECRET, store: undefined });
