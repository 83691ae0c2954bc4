const express = require('express');
const helmet = require('helmet');
// expect: helmet-missing
const app = express();
const base = process.env.BASE_PATH || '';
app.use(`${base}/api`, helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
