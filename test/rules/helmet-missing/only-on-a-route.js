const express = require('express');
const helmet = require('helmet');
// expect: helmet-missing
const app = express();
app.get('/admin', helmet(), (req, res) => res.send('admin'));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
