import config from 'config';
import express from 'express';
import session from 'express-session';

interface Cookie {
  secure: boolean;
}

const app = express();
app.set('trust proxy', 1);
// expect-undecided: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET!, cookie: { secure: config.get<Cookie>('session.cookie').secure } }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
