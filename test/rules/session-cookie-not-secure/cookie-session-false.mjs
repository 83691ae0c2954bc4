import express from 'express';
import cookieSession from 'cookie-session';
const app = express();
app.enable('trust proxy');
app.use(
  cookieSession({
    keys: [process.env.KEY],
    // expect: session-cookie-not-secure
    secure: false,
  }),
);
