import path from 'node:path';
import { previousSecret, requireSecret } from './secrets.js';

// Anything that does not call itself development gets the settings of production.
const isProduction = process.env.NODE_ENV !== 'development';

const root = path.dirname(import.meta.dirname);

/** Settings that are the same everywhere. */
const shared = {
  isProduction,
  root,
  host: process.env.HOST ?? '127.0.0.1',
  port: Number(process.env.PORT ?? 3000),
  redisUrl: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379',
  databaseFile: process.env.DATABASE_FILE ?? path.join(root, 'shop.sqlite'),
  bodyLimit: '20kb',
  loginAttempts: { windowMs: 15 * 60 * 1000, perAddress: 30, perAccount: 5 },
};

const sessionCookie = {
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  maxAge: 2 * 60 * 60 * 1000,
};

const production = {
  // nginx (deploy/nginx.conf) is the one proxy in front of the shop.
  proxyHops: 1,
  session: { name: '__Host-shop', cookie: { ...sessionCookie, secure: true } },
};

const development = {
  proxyHops: 0,
  session: { name: 'shop', cookie: { ...sessionCookie, secure: false } },
};

const selected = isProduction ? production : development;

const config = {
  ...shared,
  ...selected,
  session: {
    ...selected.session,
    secret: [requireSecret('SESSION_SECRET'), ...previousSecret('SESSION_SECRET_PREVIOUS')],
  },
};

export default config;
