const express = require('express');
const lusca = require('lusca');
const app = express();
app.use(
  lusca({
    csp: {
      policy: {
        // expect: csp-unsafe
        'default-src': "'self' 'unsafe-inline'",
      },
    },
  }),
);
app.use('/nonce', lusca.csp({ policy: "default-src 'self' 'unsafe-inline'", scriptNonce: true }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
