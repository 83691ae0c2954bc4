const session = require('express-session');
const { RedisStore } = require('connect-redis');
// The middleware does not read a store there.
// expect: session-memory-store
module.exports = session({ secret: process.env.SECRET, cookie: { store: new RedisStore({ client: {} }) } });
