const express = require('express');
const hsts = require('hsts');
const app = express();
// expect: hsts-disabled
app.use(hsts({ maxAge: 5184000 }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
