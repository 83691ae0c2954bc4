import express from 'express';
import session from 'express-session';
import { RedisStore } from 'connect-redis';
import { createClient } from 'redis';
const client = createClient({ url: process.env.REDIS_URL });
await client.connect();
const app = express();
// expect-none: session-memory-store
app.use(session({ secret: process.env.SECRET, store: new RedisStore({ client }) }));
app.listen(3000);
