const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

const Cookies = require('cookies');
app.post('/login', (req, res) => {
  const cookies = new Cookies(req, res, { keys: [process.env.KEY] });
  // expect-none: cookie-not-secure
  cookies.set('token', jwt.sign({}, process.env.KEY), { signed: true });
  // expect: cookie-not-secure
  cookies.set('jwt', jwt.sign({}, process.env.KEY), { secure: false });
  res.end();
});
app.listen(3000);
