const express = require('express');
const helmet = require('helmet');
const app = express();
// expect: hsts-disabled
app.use(helmet({ hsts: { maxAge: 31536000 } }));
// expect-none: hsts-disabled
app.use('/x', helmet({ hsts: { maxAge: 31536000000 } }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
