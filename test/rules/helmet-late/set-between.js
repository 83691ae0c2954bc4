const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet({ noSniff: false }));
app.get('/', (req, res) => res.send('hello'));
app.use((req, res, next) => {
  res.setHeader('X-Content-Type-Options', 'nosniff');
  next();
});
// expect: helmet-late
app.use(helmet());
app.listen(3000);
