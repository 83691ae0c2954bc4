const express = require('express');
// expect-none: helmet-missing
const app = express();
app.use((req, res, next) => {
  res.set({ 'Content-Security-Policy': "default-src 'self'", 'X-Content-Type-Options': 'nosniff' });
  res.setHeader('Strict-Transport-Security', 'max-age=31536000');
  next();
});
app.listen(3000);
