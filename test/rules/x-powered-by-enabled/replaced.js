const express = require('express');
// The header no longer names Express.
// expect-none: x-powered-by-enabled
const app = express();
app.use((req, res, next) => {
  res.setHeader('X-Powered-By', 'a cup of tea');
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
