import express from 'express';
import session, { type SessionOptions } from 'express-session';
const app = express();
const options: SessionOptions = { secret: process.env.SECRET!, cookie: {} };
if (app.get('env') === 'production') {
  // expect: session-cookie-broad-domain
  options.cookie!.domain = `.${'example'}.com`;
}
app.use(session(options));
app.listen(3000);
