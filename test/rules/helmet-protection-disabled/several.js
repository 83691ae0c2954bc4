const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(
  helmet({
    // expect: helmet-protection-disabled
    contentSecurityPolicy: false,
    // expect: helmet-protection-disabled
    frameguard: false,
    // expect: helmet-protection-disabled
    xContentTypeOptions: false,
    // expect-none: helmet-protection-disabled
    crossOriginEmbedderPolicy: false,
    // expect-none: helmet-protection-disabled
    hsts: false,
    // expect-none: helmet-protection-disabled
    hidePoweredBy: false,
  }),
);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
