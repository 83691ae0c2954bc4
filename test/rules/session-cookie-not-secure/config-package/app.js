const config = require('config');
const express = require('express');
const session = require('express-session');
const app = express();
app.use(
  session({
    secret: process.env.SECRET,
    // expect: session-cookie-not-secure
    cookie: { secure: config.get('session.cookie.secure') },
  }),
);
app.listen(3000);
