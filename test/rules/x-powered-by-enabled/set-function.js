const express = require('express');
const app = express();
// expect: x-powered-by-enabled
app.enable('x-powered-by');
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
