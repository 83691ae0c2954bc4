const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-none: hsts-disabled
app.use(helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
