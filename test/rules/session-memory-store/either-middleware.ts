import express from 'express';
import session from 'express-session';
import { RedisStore } from 'connect-redis';
const app = express();
// expect-none: session-memory-store
const shared = session({ secret: process.env.SECRET!, store: new RedisStore({ client: null as never }) });
// expect-undecided: session-memory-store
const single = session({ secret: process.env.SECRET! });
app.use(process.env.REDIS_URL ? shared : single);
app.listen(3000);
