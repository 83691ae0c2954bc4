const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.post('/login', (req, res) => {
  res
    // expect-none: cookie-not-secure
    .cookie('theme', 'dark')
    // expect: cookie-not-secure
    .cookie('access', jwt.sign({}, process.env.KEY), { httpOnly: true })
    // expect: cookie-not-secure
    .cookie('refresh', jwt.sign({}, process.env.KEY), { httpOnly: true, secure: 0 })
    .redirect('/');
});
app.listen(3000);
