const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-none: csp-unsafe
app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'unsafe-inline'"] } } }));
app.use(helmet.contentSecurityPolicy());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
