const express = require('express');
const helmet = require('helmet');
const app = express();
const { dangerouslyDisableDefaultSrc } = helmet.contentSecurityPolicy;
app.use(helmet({ contentSecurityPolicy: { directives: {
  defaultSrc: dangerouslyDisableDefaultSrc,
  // expect: csp-unsafe
  scriptSrc: ["'unsafe-inline'"],
} } }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
