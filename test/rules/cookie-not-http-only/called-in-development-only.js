const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

function devLogin(req, res) {
  // expect-none: cookie-not-http-only
  res.cookie('token', jwt.sign({}, process.env.KEY));
  res.end();
}
if (process.env.NODE_ENV !== 'production') app.get('/dev-login', devLogin);
app.listen(3000);
