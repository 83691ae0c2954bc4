import express from 'express';
import cookieSession from 'cookie-session';
const app = express();
const production = process.env.NODE_ENV === 'production';
app.use(
  cookieSession({
    name: 'shop',
    keys: [process.env.KEY!],
    // expect-none: session-cookie-not-secure
    secure: production,
  }),
);
app.use(
  '/admin',
  cookieSession({
    name: 'admin',
    keys: [process.env.KEY!],
    // expect: session-cookie-not-secure
    secure: !production,
  }),
);
app.listen(3000);
