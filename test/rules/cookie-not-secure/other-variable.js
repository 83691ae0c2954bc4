const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.post('/login', (req, res) => {
  res.cookie('token', jwt.sign({}, process.env.KEY), {
    httpOnly: true,
    // expect-undecided: cookie-not-secure
    secure: process.env.COOKIE_SECURE === 'true',
  });
  res.end();
});
app.listen(3000);
