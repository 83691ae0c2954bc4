var express = require('express');
var app = express();
app.post('/login', function (req, res) {
  // expect: cookie-same-site
  res.cookie('token', req.body.token, { sameSite: 'lax' });
  res.end();
});
app.listen(3000);
