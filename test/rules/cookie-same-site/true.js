const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.post('/login', (req, res) => {
  // expect-none: cookie-same-site
  res.cookie('token', jwt.sign({}, process.env.KEY), { sameSite: true });
  res.end();
});
app.listen(3000);
