import express from 'express';
import session from 'express-session';
import { settings } from './settings';
const app = express();
app.use(
  session({
    secret: settings.secret,
    // expect: session-cookie-not-secure
    cookie: { secure: settings.cookie.secure },
  }),
);
app.listen(3000);
