var express = require('express');
var app = express();
app.configure(function () {
  app.use(express.cookieParser());
  // expect: session-cookie-not-secure
  app.use(express.session({ secret: process.env.SECRET, cookie: { maxAge: 3600000 } }));
});
app.get('/', function (req, res) {
  res.send('hello');
});
app.listen(3000);
