const express = require('express');
const helmet = require('helmet');
const users = require('./users');
const app = express();
app.use('/users', users);
// expect: helmet-late
app.use(helmet());
app.listen(3000);
