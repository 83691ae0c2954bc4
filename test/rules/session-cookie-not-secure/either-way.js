const express = require('express');
const session = require('express-session');
const app = express();
if (process.env.PUBLIC_URL) {
  // expect-none: session-cookie-not-secure
  app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
} else {
  // expect-undecided: session-cookie-not-secure
  app.use(session({ secret: process.env.SECRET, cookie: { secure: false } }));
}
app.listen(3000);
