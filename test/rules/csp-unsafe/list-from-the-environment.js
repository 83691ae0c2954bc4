const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(
  helmet({
    contentSecurityPolicy: {
      directives: {
        // expect-undecided: csp-unsafe
        scriptSrc: process.env.SCRIPT_SOURCES.split(' '),
      },
    },
  }),
);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
