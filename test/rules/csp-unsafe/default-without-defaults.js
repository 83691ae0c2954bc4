const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(
  helmet({
    contentSecurityPolicy: {
      directives: {
        // expect: csp-unsafe
        defaultSrc: ["'self'", "'unsafe-inline'"],
      },
      useDefaults: false,
    },
  }),
);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
