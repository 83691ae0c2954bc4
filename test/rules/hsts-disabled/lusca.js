const express = require('express');
const lusca = require('lusca');
const app = express();
// expect: hsts-disabled
app.use(lusca({ hsts: { maxAge: 3600 }, nosniff: true }));
// expect-none: hsts-disabled
app.use('/api', lusca.hsts({ maxAge: 31536000 }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
