const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.post('/login', (req, res) => {
  res.cookie('token', jwt.sign({}, process.env.KEY), {
    // expect-undecided: cookie-same-site
    sameSite: process.env.SAME_SITE,
  });
  res.end();
});
app.listen(3000);
