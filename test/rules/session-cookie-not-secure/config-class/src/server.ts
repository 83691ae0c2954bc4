import express from 'express';
import session from 'express-session';
import { Config } from './config';

const config = Config.get();
const app = express();
app.set('trust proxy', 1);
// expect-none: session-cookie-not-secure
app.use(session({ name: 'a', secret: process.env.SECRET!, cookie: config.value('session.cookie') }));
// expect: session-cookie-not-secure
app.use(session({ name: 'b', secret: process.env.SECRET!, cookie: { secure: config.value('session.unsafe.secure') } }));
// expect: session-cookie-not-secure
app.use(session({ name: 'c', secret: process.env.SECRET!, cookie: { secure: config.value('session.nothing', false) } }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
