const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(
  helmet({
    contentSecurityPolicy: {
      directives: {
        // expect-none: csp-unsafe
        scriptSrc: ["'self'", 'https:', 'cdn.example.com', "'wasm-unsafe-eval'"],
      },
    },
  }),
);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
