const express = require('express');
// expect-none: hsts-disabled
const app = express();
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
