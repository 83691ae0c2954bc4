const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: {
  // expect-undecided: csp-unsafe
  defaultSrc: ["'self'", "'unsafe-inline'"],
} } }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
