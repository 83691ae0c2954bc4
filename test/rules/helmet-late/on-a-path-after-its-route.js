const express = require('express');
const helmet = require('helmet');
const app = express();
app.get('/', (req, res) => res.send('hello'));
app.get('/admin/users', (req, res) => res.send('users'));
// expect: helmet-late
app.use('/admin', helmet());
app.listen(3000);
