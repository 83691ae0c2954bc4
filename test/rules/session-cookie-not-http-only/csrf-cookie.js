const express = require('express');
const session = require('express-session');
const app = express();
// expect-none: session-cookie-not-http-only
app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
app.use((req, res, next) => {
  // A cookie for scripts to read is another cookie.
  // expect-none: session-cookie-not-http-only
  res.cookie('XSRF-TOKEN', req.session.token, { httpOnly: false });
  next();
});
app.listen(3000);
