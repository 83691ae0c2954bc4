const express = require('express');
const lusca = require('lusca');
// expect-none: helmet-missing
const app = express();
app.use(lusca({ csrf: true, csp: { policy: { 'default-src': "'self'" } }, xframe: 'SAMEORIGIN', hsts: { maxAge: 31536000 }, nosniff: true }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
