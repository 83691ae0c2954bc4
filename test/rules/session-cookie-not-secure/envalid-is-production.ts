import { bool, cleanEnv, str } from 'envalid';
import express from 'express';
import session from 'express-session';

export const env = cleanEnv(process.env, { SECRET: str(), TRUST_PROXY: bool({ default: true }) });

const app = express();
app.set('trust proxy', 1);
// expect-none: session-cookie-not-secure
app.use(session({ secret: env.SECRET, cookie: { secure: env.isProduction } }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
