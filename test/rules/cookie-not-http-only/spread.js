const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

const base = { httpOnly: true, secure: true, sameSite: 'lax' };
app.post('/login', (req, res) => {
  // expect-none: cookie-not-http-only
  res.cookie('token', jwt.sign({}, process.env.KEY), { ...base, maxAge: 1000 });
  // expect: cookie-not-http-only
  res.cookie('token', jwt.sign({}, process.env.KEY), { ...base, httpOnly: false });
  // expect-none: cookie-not-http-only
  res.cookie('token', jwt.sign({}, process.env.KEY), Object.assign({}, base, { path: '/a' }));
  res.end();
});
app.listen(3000);
