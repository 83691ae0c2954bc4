import { RedisStore } from 'connect-redis';
import session from 'express-session';
import config from '../config/index.js';

const { name, secret, cookie } = config.session;

/** Server-side sessions: the browser holds a signed identifier, Redis the contents. */
export function sessions({ redis }) {
  return session({
    name,
    secret,
    cookie,
    store: new RedisStore({ client: redis, prefix: 'shop:session:' }),
    resave: false,
    saveUninitialized: false,
  });
}
