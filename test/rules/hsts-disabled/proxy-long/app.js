const express = require('express');
const helmet = require('helmet');
const app = express();
app.set('trust proxy', 1);
// The proxy sends it.
// expect-none: hsts-disabled
app.use(helmet({ hsts: false }));
app.get('/', (req, res) => res.end());
app.listen(3000);
