const session = require('express-session');
const options = { secret: process.env.SECRET };
// expect-undecided: session-memory-store
if (process.env.REDIS_URL) options.store = new (require('connect-redis').RedisStore)({ url: process.env.REDIS_URL });
module.exports = session(options);
