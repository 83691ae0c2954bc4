const express = require('express');
const app = express();
app.use((req, res, next) => {
  // expect: hsts-disabled
  res.setHeader('Strict-Transport-Security', 'max-age=0');
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
