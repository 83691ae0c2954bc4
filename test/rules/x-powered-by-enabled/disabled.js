const express = require('express');
// expect-none: x-powered-by-enabled
const app = express();
app.disable('x-powered-by');
app.get('/', (req, res) => res.send('hello'));
