const express = require('express');
// expect-undecided: x-powered-by-enabled
const app = express();
app.use((req, res, next) => {
  if (process.env.HIDE) res.removeHeader('X-Powered-By');
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
