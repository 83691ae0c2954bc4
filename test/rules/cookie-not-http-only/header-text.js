const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.post('/login', (req, res) => {
  // expect: cookie-not-http-only
  res.setHeader('Set-Cookie', 'token=' + jwt.sign({}, process.env.KEY) + '; Path=/; Secure');
  // expect-none: cookie-not-http-only
  res.set({ 'Set-Cookie': 'lang=en' });
  // expect-none: cookie-not-http-only
  res.header('Set-Cookie', 'token=; Max-Age=0');
  res.writeHead(200, { 'Set-Cookie': `token=${req.token}; HttpOnly` });
  res.end();
});
app.listen(3000);
