import 'dotenv/config';
import express from 'express';
import session from 'express-session';
const app = express();
app.use(
  session({
    secret: process.env.SECRET,
    // expect-none: session-cookie-not-secure
    cookie: { secure: process.env.COOKIE_SECURE === 'true' },
  }),
);
app.listen(3000);
