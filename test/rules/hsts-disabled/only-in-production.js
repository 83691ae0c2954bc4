const express = require('express');
const helmet = require('helmet');
const app = express();
// expect: hsts-disabled
app.use(helmet({ hsts: process.env.NODE_ENV !== 'production' ? undefined : false }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
