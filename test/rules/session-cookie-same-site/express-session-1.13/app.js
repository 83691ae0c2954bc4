const express = require('express');
const session = require('express-session');
const app = express();
app.use(
  session({
    secret: process.env.SECRET,
    cookie: {
      secure: true,
      // This version does not know it.
      // expect: session-cookie-same-site
      sameSite: 'lax',
    },
  }),
);
app.listen(3000);
