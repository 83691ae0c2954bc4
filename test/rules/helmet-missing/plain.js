const express = require('express');
// expect: helmet-missing
const app = express();
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
