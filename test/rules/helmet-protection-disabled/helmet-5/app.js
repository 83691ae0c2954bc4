const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet({
  // expect: helmet-protection-disabled
  crossOriginEmbedderPolicy: false,
  // expect-none: helmet-protection-disabled
  expectCt: false,
  // expect-none: helmet-protection-disabled
  xFrameOptions: false,
  // expect: helmet-protection-disabled
  originAgentCluster: false,
}));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
