const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.post('/login', (req, res) => {
  // expect: cookie-not-http-only
  res.cookie('token', jwt.sign({}, process.env.KEY), { secure: true });
  res.end();
});
app.listen(3000);
