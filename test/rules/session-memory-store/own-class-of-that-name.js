const session = require('express-session');
class MemoryStore extends session.Store {
  get(sid, done) {
    done(null, database.get(sid));
  }
}
// expect-none: session-memory-store
module.exports = session({ secret: process.env.SECRET, store: new MemoryStore() });
