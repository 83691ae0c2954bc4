import { cleanEnv, port, str } from 'envalid';
import express from 'express';
import session from 'express-session';

const env = cleanEnv(process.env, {
  SESSION_SECRET: str({ devDefault: 'keyboard cat' }),
  PORT: port({ default: 3000 }),
});
const app = express();
// expect-none: session-secret-hardcoded
app.use(session({ secret: env.SESSION_SECRET, resave: false }));
app.get('/', (req, res) => res.send('home'));
app.listen(env.PORT);
