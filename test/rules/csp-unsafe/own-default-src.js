const express = require('express');
const app = express();
app.use((req, res, next) => {
  // expect: csp-unsafe
  res.setHeader('Content-Security-Policy', "DEFAULT-SRC *");
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
