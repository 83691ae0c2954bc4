require('dotenv').config({ path: `.env.${process.env.NODE_ENV || 'development'}.local` });
const express = require('express');
const session = require('express-session');
const app = express();
app.use(
  session({
    secret: process.env.SECRET,
    // expect: session-cookie-not-secure
    cookie: { secure: process.env.COOKIE_SECURE === 'true' },
  }),
);
app.listen(3000);
