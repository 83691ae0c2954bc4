module.exports = function (session) {
  if (process.env.NODE_ENV !== 'production') return new session.MemoryStore();
  const SQLiteStore = require('connect-sqlite3')(session);
  return new SQLiteStore({ dir: '/var/lib/shop' });
};
