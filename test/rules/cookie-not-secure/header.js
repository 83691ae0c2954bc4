const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

const cookie = require('cookie');
app.post('/login', (req, res) => {
  const token = jwt.sign({}, process.env.KEY);
  // expect: cookie-not-secure
  res.setHeader('Set-Cookie', cookie.serialize('token', token, { httpOnly: true }));
  res.append('Set-Cookie', [
    // expect-none: cookie-not-secure
    cookie.serialize('jwt', token, { httpOnly: true, secure: true }),
    // expect-none: cookie-not-secure
    cookie.serialize('lang', 'en'),
  ]);
  // expect: cookie-not-secure
  res.setHeader('set-cookie', `session=${token}; HttpOnly; Path=/`);
  // expect-none: cookie-not-secure
  res.setHeader('Set-Cookie', 'sid=' + token + '; Secure; HttpOnly');
  res.end();
});
app.listen(3000);
