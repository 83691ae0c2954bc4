const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(
  helmet({
    contentSecurityPolicy: {
      directives: {
        // expect: csp-unsafe
        scriptSrc: ["'nonce-abc'", '*'],
      },
    },
  }),
);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
