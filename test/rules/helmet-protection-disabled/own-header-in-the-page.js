const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-none: helmet-protection-disabled
app.use(helmet({ contentSecurityPolicy: false }));
app.get('/', (req, res) => {
  res.set('Content-Security-Policy', "default-src 'self'");
  res.render('index');
});
app.listen(3000);
