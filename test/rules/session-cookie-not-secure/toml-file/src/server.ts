import { readFileSync } from 'node:fs';
import express from 'express';
import session from 'express-session';
import { parse } from 'smol-toml';

const name = process.env.NODE_ENV ?? 'development';
const settings = parse(readFileSync(new URL(`../config/${name}.toml`, import.meta.url), 'utf8')) as any;
const app = express();
app.set('trust proxy', 1);
// expect-none: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET!, cookie: { secure: settings.session.cookie.secure } }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
