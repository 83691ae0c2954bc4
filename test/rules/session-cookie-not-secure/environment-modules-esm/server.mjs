import express from 'express';
import session from 'express-session';
import { setting } from './config/index.mjs';

const app = express();
app.set('trust proxy', 1);
// expect-none: session-cookie-not-secure
app.use(session({ name: 'a', secret: process.env.SECRET, cookie: { secure: setting('session.cookie.secure') } }));
// expect: session-cookie-not-secure
app.use(session({ name: 'b', secret: process.env.SECRET, cookie: { secure: setting('session.cookie.safe', false) } }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
