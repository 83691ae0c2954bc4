const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(
  helmet({
    contentSecurityPolicy: {
      directives: {
        // expect-none: csp-unsafe
        scriptSrc: ["'unsafe-inline'", (req, res) => `'nonce-${res.locals.nonce}'`],
      },
    },
  }),
);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
