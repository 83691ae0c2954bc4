import express from 'express';
import session from 'express-session';
const app = express();
app.disable('trust proxy');
app.use(
  session({
    secret: process.env.SECRET,
    cookie: {
      httpOnly: true,
      // expect: session-trust-proxy-missing
      secure: process.env.NODE_ENV === 'production',
    },
  }),
);
app.listen(process.env.PORT ?? 3000);
