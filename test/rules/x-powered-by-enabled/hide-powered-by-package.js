const express = require('express');
const hidePoweredBy = require('hide-powered-by');
// expect-none: x-powered-by-enabled
const app = express();
app.use(hidePoweredBy({ setTo: 'PHP 4.2.0' }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
