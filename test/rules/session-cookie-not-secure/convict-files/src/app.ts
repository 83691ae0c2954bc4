import express from 'express';
import session from 'express-session';
import config from './config';

const app = express();
app.set('trust proxy', 1);
// expect-none: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET!, cookie: config.session.cookie }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
