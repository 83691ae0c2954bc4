const express = require('express');
// expect: x-powered-by-enabled
const app = express();
app.use((req, res, next) => {
  if (req.secure) res.removeHeader('X-Powered-By');
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
