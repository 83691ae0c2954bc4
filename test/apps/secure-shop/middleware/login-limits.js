import { createHash } from 'node:crypto';
import { rateLimit } from 'express-rate-limit';
import { RedisStore } from 'rate-limit-redis';
import config from '../config/index.js';

const { windowMs, perAddress, perAccount } = config.loginAttempts;

const tooMany = (req, res) => {
  res.status(429).render('error', { title: 'Too many attempts', message: 'Please wait a quarter of an hour and try again.' });
};

/** Counts login attempts by address, and by the account that they aim at; the counters are shared by all instances. */
export function loginLimits({ redis }) {
  const store = (prefix) => new RedisStore({ prefix, sendCommand: (...command) => redis.sendCommand(command) });

  const byAddress = rateLimit({
    windowMs,
    limit: perAddress,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    store: store('shop:login-address:'),
    handler: tooMany,
  });

  const byAccount = rateLimit({
    windowMs,
    limit: perAccount,
    standardHeaders: false,
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    keyGenerator: (req) => createHash('sha256').update(String(req.body?.email).toLowerCase()).digest('hex'),
    store: store('shop:login-account:'),
    handler: tooMany,
  });

  return [byAddress, byAccount];
}
