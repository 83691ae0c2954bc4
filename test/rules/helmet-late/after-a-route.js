const express = require('express');
const helmet = require('helmet');
const app = express();
app.get('/', (req, res) => res.send('hello'));
// expect: helmet-late
app.use(helmet());
app.listen(3000);
