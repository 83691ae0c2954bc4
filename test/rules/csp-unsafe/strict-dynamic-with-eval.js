const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(
  helmet({
    contentSecurityPolicy: {
      directives: {
        // expect: csp-unsafe
        scriptSrc: ["'strict-dynamic'", "'nonce-abc'", "'unsafe-eval'"],
      },
    },
  }),
);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
