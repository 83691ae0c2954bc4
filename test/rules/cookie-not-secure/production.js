const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.post('/login', (req, res) => {
  // expect-none: cookie-not-secure
  res.cookie('jwt', jwt.sign({}, process.env.KEY), { secure: process.env.NODE_ENV === 'production' });
  // expect: cookie-not-secure
  res.cookie('refreshToken', jwt.sign({}, process.env.KEY), { secure: process.env.NODE_ENV !== 'production' });
  res.end();
});
app.listen(3000);
