const express = require('express');
const app = express();
app.use((req, res, next) => {
  // expect-none: csp-unsafe
  res.setHeader('Content-Security-Policy-Report-Only', "script-src 'unsafe-inline'");
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
