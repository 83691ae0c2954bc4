const express = require('express');
// expect-none: helmet-missing
const app = express();
app.use(require('frameguard')());
app.use(require('hsts')({ maxAge: 31536000 }));
app.use(require('dont-sniff-mimetype')());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
