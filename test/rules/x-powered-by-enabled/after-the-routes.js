const express = require('express');
// A setting holds for all routes, wherever it stands.
// expect-none: x-powered-by-enabled
const app = express();
app.get('/', (req, res) => res.send('hello'));
app.disable('x-powered-by');
app.listen(3000);
