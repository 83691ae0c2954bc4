const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-undecided: hsts-disabled
app.use(helmet({ hsts: process.env.HTTPS === 'true' ? undefined : false }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
