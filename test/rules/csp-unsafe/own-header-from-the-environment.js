const express = require('express');
const app = express();
app.use((req, res, next) => {
  // expect-undecided: csp-unsafe
  res.setHeader('Content-Security-Policy', process.env.CSP);
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
