const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.post('/login', (req, res) => {
  const t = jwt.sign({}, process.env.KEY);
  // expect: cookie-not-http-only
  res.cookie('data', t, { secure: true });
  // expect: cookie-not-http-only
  res.cookie(process.env.COOKIE_NAME, t, { secure: true });
  // expect: cookie-not-http-only
  res.cookie('id', req.user._id.toString(), { secure: true });
  // expect-none: cookie-not-http-only
  res.cookie('id', req.order.id, { secure: true });
  // expect-none: cookie-not-http-only
  res.cookie('count', 3);
  res.end();
});
app.listen(3000);
