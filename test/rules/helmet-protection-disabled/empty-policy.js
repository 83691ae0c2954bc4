const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet({
  // expect: helmet-protection-disabled
  crossOriginOpenerPolicy: { policy: 'unsafe-none' },
  // expect-none: helmet-protection-disabled
  crossOriginResourcePolicy: { policy: 'cross-origin' },
}));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
