import express = require('express');
import session = require('express-session');
const isProd = process.env.NODE_ENV === 'production';
const app = express();
app.use(
  session({
    secret: process.env.SECRET as string,
    // expect: session-cookie-not-secure
    cookie: { secure: isProd ? false : true },
  }),
);
app.listen(3000);
