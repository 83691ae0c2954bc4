const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet());
const embedded = helmet.contentSecurityPolicy({
  directives: {
    // expect: csp-unsafe
    scriptSrc: ["'unsafe-inline'"],
  },
});
app.get('/embed', embedded, (req, res) => res.send('embed'));
app.listen(3000);
