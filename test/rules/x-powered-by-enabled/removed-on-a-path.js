const express = require('express');
// expect: x-powered-by-enabled
const app = express();
app.use('/api', (req, res, next) => {
  res.removeHeader('X-Powered-By');
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
