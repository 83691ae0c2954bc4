const express = require('express');
const app = express();
if (process.env.NODE_ENV === 'development')
  require('https').createServer({ key: process.env.KEY, cert: process.env.CERT }, app).listen(443);
// expect: tls-missing
else app.listen(8080);
