const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.set('trust proxy', 1);
app.post('/login', (req, res) => {
  const token = jwt.sign({}, process.env.KEY);
  // expect-none: cookie-not-secure
  res.cookie('token', token, { secure: req.secure });
  // expect-none: cookie-not-secure
  res.cookie('jwt', token, { secure: req.secure || req.headers['x-forwarded-proto'] === 'https' });
  res.end();
});
app.listen(3000);
