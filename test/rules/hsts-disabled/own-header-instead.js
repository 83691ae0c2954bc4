const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-none: hsts-disabled
app.use(helmet({ hsts: false }));
app.use((req, res, next) => {
  if (req.secure) res.setHeader('Strict-Transport-Security', 'max-age=31536000');
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
