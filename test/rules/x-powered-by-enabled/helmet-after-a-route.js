const express = require('express');
const helmet = require('helmet');
// expect: x-powered-by-enabled
const app = express();
app.get('/', (req, res) => res.send('hello'));
app.use(helmet());
app.listen(3000);
