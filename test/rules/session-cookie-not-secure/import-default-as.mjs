import express from 'express';
import { default as createSession } from 'express-session';
const app = express();
app.use(createSession({
  secret: process.env.SECRET,
  // expect: session-cookie-not-secure
  cookie: { secure: false },
}));
app.listen(3000);
