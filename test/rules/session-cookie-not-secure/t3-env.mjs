import { createEnv } from '@t3-oss/env-core';
import express from 'express';
import session from 'express-session';
import { z } from 'zod';

const env = createEnv({
  server: {
    NODE_ENV: z.enum(['development', 'production']),
    SECRET: z.string().min(1),
    COOKIE_DAYS: z.coerce.number().default(7),
  },
  runtimeEnv: process.env,
});
const app = express();
app.set('trust proxy', 1);
// expect: session-cookie-not-secure
app.use(session({ secret: env.SECRET, cookie: { secure: env.NODE_ENV === 'staging', maxAge: env.COOKIE_DAYS * 864e5 } }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
