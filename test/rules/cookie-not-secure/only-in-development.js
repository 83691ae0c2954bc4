const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.post('/login', (req, res) => {
  if (process.env.NODE_ENV !== 'production') {
    // expect-none: cookie-not-secure
    res.cookie('token', jwt.sign({}, process.env.KEY));
  } else {
    // expect-none: cookie-not-secure
    res.cookie('token', jwt.sign({}, process.env.KEY), { secure: true });
  }
  res.end();
});
app.listen(3000);
