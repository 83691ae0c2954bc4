const session = require('express-session');
const { RedisStore } = require('connect-redis');
// The store's time is not the cookie's.
// expect: session-cookie-no-expiry
module.exports = session({ secret: process.env.SECRET, store: new RedisStore({ client: {}, ttl: 3600 }), cookie: { secure: true } });
