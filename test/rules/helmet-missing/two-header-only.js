const express = require('express');
// expect: helmet-missing
const app = express();
app.use((req, res, next) => {
  res.setHeader('X-Frame-Options', 'DENY');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
