const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-none: csp-unsafe
const old = helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'unsafe-inline'"] } } });
app.use(helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
module.exports = { old };
