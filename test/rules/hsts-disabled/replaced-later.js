const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-none: hsts-disabled
app.use(helmet({ hsts: { maxAge: 60 } }));
app.use(helmet.hsts({ maxAge: 31536000 }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
