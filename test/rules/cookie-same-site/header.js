const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

const { serialize } = require('cookie');
app.post('/login', (req, res) => {
  // expect: cookie-same-site
  res.setHeader('Set-Cookie', serialize('token', jwt.sign({}, process.env.KEY), { httpOnly: true }));
  // expect-none: cookie-same-site
  res.append('Set-Cookie', serialize('token', jwt.sign({}, process.env.KEY), { sameSite: 'strict' }));
  // expect: cookie-same-site
  res.append('Set-Cookie', `sid=${req.sessionID}; SameSite=None; Secure`);
  res.end();
});
app.listen(3000);
