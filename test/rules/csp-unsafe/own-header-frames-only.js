const express = require('express');
const app = express();
app.use((req, res, next) => {
  // expect-none: csp-unsafe
  res.setHeader('Content-Security-Policy', "frame-ancestors 'self'");
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
