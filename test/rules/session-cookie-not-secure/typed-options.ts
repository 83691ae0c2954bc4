import express, { type Express } from 'express';
import session, { type SessionOptions } from 'express-session';
const app: Express = express();
const options: SessionOptions = {
  secret: process.env.SECRET!,
  resave: false,
  saveUninitialized: false,
  cookie: { secure: false },
};
if (process.env.NODE_ENV === 'production') {
  app.set('trust proxy', 1);
  options.cookie!.secure = true;
}
// expect-none: session-cookie-not-secure
app.use(session(options satisfies SessionOptions));
app.listen(3000);
