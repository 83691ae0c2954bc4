const express = require('express');
const helmet = require('helmet');
function secure(app) {
  if (process.env.NODE_ENV === 'development') return app;
  return app.use(helmet());
}
// expect-none: x-powered-by-enabled
const app = secure(express());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
