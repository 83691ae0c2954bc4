const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-undecided: hsts-disabled
app.use(helmet({ hsts: { maxAge: Number(process.env.HSTS_AGE) } }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
