const session = require('@gristlabs/express-session');
// expect: session-memory-store
exports.sessions = session({ secret: process.env.SECRET, store: new session.MemoryStore() });
