import config from 'config';
import express from 'express';
import session from 'express-session';

const app = express();
app.set('trust proxy', 1);
const options = config.get('session');
app.use(
  session({
    secret: options.get('secret'),
    resave: false,
    // expect-none: session-cookie-not-secure
    cookie: { secure: options.cookie.secure },
  }),
);
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
