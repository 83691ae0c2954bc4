import session from 'express-session';
import pg from 'connect-pg-simple';
const PgStore = pg(session);
export default session({
  secret: process.env.SECRET,
  // expect: session-memory-store
  store: process.env.NODE_ENV !== 'production' ? new PgStore() : new session.MemoryStore(),
});
