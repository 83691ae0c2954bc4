const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: {
  // expect: csp-unsafe
  defaultSrc: ["'self'", "'unsafe-inline'"],
} } }));
// expect-none: csp-unsafe
app.use('/x', helmet({ contentSecurityPolicy: { useDefaults: true, directives: { defaultSrc: ["'unsafe-inline'"] } } }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
