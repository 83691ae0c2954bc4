const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.use(require('cookie-parser')(process.env.KEY));
app.post('/login', (req, res) => {
  // expect: cookie-not-http-only
  res.cookie('userId', req.user.id, { signed: true, secure: true });
  // expect-none: cookie-not-http-only
  res.cookie('userId', req.user.id, { signed: true, httpOnly: true });
  res.end();
});
app.listen(3000);
