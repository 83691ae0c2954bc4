const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet({
  // expect-none: helmet-protection-disabled
  contentSecurityPolicy: false,
  // expect-none: helmet-protection-disabled
  referrerPolicy: false,
  // expect: helmet-protection-disabled
  frameguard: false,
  // expect: helmet-protection-disabled
  xssFilter: false,
}));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
