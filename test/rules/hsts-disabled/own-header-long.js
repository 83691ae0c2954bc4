const express = require('express');
const app = express();
app.use((req, res, next) => {
  // expect-none: hsts-disabled
  res.set({ 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload' });
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
