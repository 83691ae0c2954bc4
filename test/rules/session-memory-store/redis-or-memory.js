const express = require('express');
const session = require('express-session');
const { RedisStore } = require('connect-redis');
const app = express();
if (process.env.REDIS_URL) {
  // expect-none: session-memory-store
  app.use(session({ secret: process.env.SECRET, store: new RedisStore({ client }) }));
} else {
  // expect-undecided: session-memory-store
  app.use(session({ secret: process.env.SECRET }));
}
app.listen(3000);
