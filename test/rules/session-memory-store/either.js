const session = require('express-session');
const { RedisStore } = require('connect-redis');
const store = process.env.REDIS_URL ? new RedisStore({ url: process.env.REDIS_URL }) : new session.MemoryStore();
// expect-undecided: session-memory-store
module.exports = session({ secret: process.env.SECRET, store });
