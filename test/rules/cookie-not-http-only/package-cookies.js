const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

const Cookies = require('cookies');
app.post('/login', (req, res) => {
  const cookies = new Cookies(req, res);
  // expect-none: cookie-not-http-only
  cookies.set('token', jwt.sign({}, process.env.KEY));
  // expect: cookie-not-http-only
  cookies.set('jwt', jwt.sign({}, process.env.KEY), { httpOnly: false });
  res.end();
});
app.listen(3000);
