const express = require('express');
const session = require('express-session');

const app = express();
const hour = 60 * 60 * 1000;
// express-session copies them in this order, and each of the two sets the other.
const cookie = {
  maxAge: hour,
  // expect: session-cookie-static-expiry
  expires: new Date(Date.now() + hour),
};
app.use(session({ secret: process.env.SECRET, cookie }));
app.use(
  session({
    secret: process.env.SECRET,
    cookie: {
      // expect-none: session-cookie-static-expiry
      expires: new Date(Date.now() + hour),
      maxAge: hour,
    },
  }),
);
app.listen(3000);
