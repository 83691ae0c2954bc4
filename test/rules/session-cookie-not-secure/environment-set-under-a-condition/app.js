const express = require('express');
const session = require('express-session');
const app = express();
// In the other case it is what it was: the name of production.
if (process.env.WHICH) process.env.NODE_ENV = 'staging';
app.use(
  session({
    secret: process.env.SECRET,
    // expect-none: session-cookie-not-secure
    cookie: { secure: ['production', 'staging'].includes(process.env.NODE_ENV) },
  }),
);
app.listen(3000);
