import express from 'express';
import session from 'express-session';
import { z } from 'zod';

const environment = z
  .object({
    NODE_ENV: z.enum(['development', 'production']).default('development'),
    SESSION_SECRET: z.string().min(8).default('keyboard cat'),
  })
  .parse(process.env);

const app = express();
// expect: session-secret-hardcoded
app.use(session({ secret: environment.SESSION_SECRET, resave: false }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
