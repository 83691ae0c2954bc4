const session = require('express-session');
const RedisStore = require('connect-redis')(session);
// expect-none: session-memory-store
module.exports = session({ secret: process.env.SECRET, store: new RedisStore({ host: process.env.REDIS }) });
