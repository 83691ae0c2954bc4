const express = require('express');
const session = require('express-session');
const app = express();
// expect-none: session-cookie-static-expiry
app.use(session({ secret: process.env.SECRET, cookie: { maxAge: 3600000 } }));
app.post('/login', (req, res) => {
  // expect-none: session-cookie-static-expiry
  req.session.cookie.expires = new Date(Date.now() + 3600000);
  res.end();
});
app.listen(3000);
