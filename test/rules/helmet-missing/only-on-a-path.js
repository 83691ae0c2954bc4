const express = require('express');
const helmet = require('helmet');
// expect: helmet-missing
const app = express();
app.use('/admin', helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
