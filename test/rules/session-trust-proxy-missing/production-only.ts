import express from 'express';
import session, { type SessionOptions } from 'express-session';
const app = express();
const sess: SessionOptions = { secret: process.env.SECRET!, cookie: {} };
if (app.get('env') === 'production') {
  app.set('trust proxy', 1);
  // expect-none: session-trust-proxy-missing
  sess.cookie!.secure = true;
}
app.use(session(sess));
app.listen(3000);
