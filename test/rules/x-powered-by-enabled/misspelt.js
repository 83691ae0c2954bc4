const express = require('express');
// expect: x-powered-by-enabled
const app = express();
app.disable('X-Powered-By');
app.disable('x-poweredby');
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
