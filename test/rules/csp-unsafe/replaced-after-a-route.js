const express = require('express');
const helmet = require('helmet');
const app = express();
// expect: csp-unsafe
app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'unsafe-inline'"] } } }));
app.get('/first', (req, res) => res.send('first'));
app.use(helmet.contentSecurityPolicy());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
