const express = require('express');
const helmet = require('helmet');
const app = express();
// expect: hsts-disabled
app.use(helmet({ hsts: { maxAge: 15551999 } }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
