const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

const isProd = process.env.NODE_ENV === 'production';
app.post('/login', (req, res) => {
  // expect-none: cookie-not-http-only
  res.cookie('auth', jwt.sign({}, process.env.KEY), { httpOnly: isProd });
  // expect: cookie-not-http-only
  res.cookie('auth2-session', jwt.sign({}, process.env.KEY), { httpOnly: !isProd });
  res.end();
});
app.listen(3000);
