const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-none: helmet-protection-disabled
app.use(helmet({ contentSecurityPolicy: false }));
app.use((req, res, next) => {
  res.setHeader('Content-Security-Policy', "default-src 'self'");
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
