const express = require('express');
const session = require('express-session');
const app = express();
// Before the login the default holds.
// expect: session-cookie-no-expiry
app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
app.post('/login', (req, res) => {
  req.session.cookie.maxAge = 3600000;
  res.end();
});
app.listen(3000);
