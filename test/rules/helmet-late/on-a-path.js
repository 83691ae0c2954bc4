const express = require('express');
const helmet = require('helmet');
const app = express();
app.get('/', (req, res) => res.send('hello'));
// expect-none: helmet-late
app.use('/admin', helmet());
app.get('/admin/users', (req, res) => res.send('users'));
app.listen(3000);
