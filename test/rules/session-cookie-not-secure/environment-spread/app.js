const settings = { COOKIE_SECURE: 'true', ...process.env };
const express = require('express');
const session = require('express-session');
const app = express();
app.use(
  session({
    secret: process.env.SECRET,
    // expect: session-cookie-not-secure
    cookie: { secure: settings.COOKIE_SECURE !== 'false' },
  }),
);
app.listen(3000);
