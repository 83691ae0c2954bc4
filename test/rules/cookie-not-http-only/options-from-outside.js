const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.post('/login', (req, res) => {
  // expect-undecided: cookie-not-http-only
  res.cookie('token', jwt.sign({}, process.env.KEY), require('cookie-settings').options);
  res.end();
});
app.listen(3000);
