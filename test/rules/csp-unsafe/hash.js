const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(
  helmet({
    contentSecurityPolicy: {
      directives: {
        // expect-none: csp-unsafe
        scriptSrc: ["'unsafe-inline'", "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"],
      },
    },
  }),
);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
