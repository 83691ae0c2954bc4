const express = require('express');
const session = require('express-session');
const app = express();
app.use(
  session({
    secret: process.env.SECRET,
    // expect: session-cookie-not-secure
    cookie: { secure: Object.hasOwn(process.env, 'COOKIE_SECURE') ? process.env.COOKIE_SECURE === 'true' : true },
  }),
);
app.listen(3000);
