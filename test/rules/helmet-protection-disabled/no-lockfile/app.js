const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet({
  // expect: helmet-protection-disabled
  contentSecurityPolicy: false,
  // expect-undecided: helmet-protection-disabled
  crossOriginEmbedderPolicy: false,
}));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
