const session = require('express-session');
const { RedisStore } = require('connect-redis');
// expect-none: session-memory-store
module.exports = session({ secret: process.env.SECRET, store: new RedisStore({ client: require('redis').createClient() }) });
