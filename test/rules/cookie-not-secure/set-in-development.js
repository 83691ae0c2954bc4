const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

const options = { httpOnly: true };
if (process.env.NODE_ENV === 'development') options.secure = true;
app.post('/login', (req, res) => {
  // expect: cookie-not-secure
  res.cookie('jwt', jwt.sign({}, process.env.KEY), options);
  res.end();
});
app.listen(3000);
