const express = require('express');
// expect: helmet-missing
const app = express();
// expect-none: helmet-missing
const admin = express();
admin.get('/', (req, res) => res.send('admin'));
app.use('/admin', admin);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
