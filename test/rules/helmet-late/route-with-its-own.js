const express = require('express');
const helmet = require('helmet');
const app = express();
app.get('/admin', helmet(), (req, res) => res.send('admin'));
// expect-none: helmet-late
app.use(helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
