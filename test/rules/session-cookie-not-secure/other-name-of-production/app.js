const express = require('express');
const session = require('express-session');
const app = express();
app.use(
  session({
    secret: process.env.SECRET,
    // expect-undecided: session-cookie-not-secure
    cookie: { secure: process.env.APP_ENV === 'production' },
  }),
);
app.listen(3000);
