const express = require('express');
const app = express();
app.use((req, res, next) => {
  // expect-none: csp-unsafe
  res.setHeader('Content-Security-Policy', "default-src 'self' data:; script-src 'self'; style-src 'unsafe-inline'");
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
