const express = require('express');
// expect-none: x-powered-by-enabled
const app = express();
app.use((req, res, next) => {
  res.removeHeader('X-Powered-By');
  next();
});
app.listen(3000);
