import { RedisStore } from 'connect-redis';
import session, { MemoryStore, type Store } from 'express-session';
import { createClient } from 'redis';
const store: Store =
  process.env.NODE_ENV === 'production' ? new RedisStore({ client: createClient() }) : new MemoryStore();
// expect-none: session-memory-store
export default session({ secret: process.env.SECRET!, store });
