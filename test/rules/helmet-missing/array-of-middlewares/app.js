const express = require('express');
const middlewares = require('./middlewares');
// expect-none: helmet-missing
const app = express();
for (const middleware of middlewares) app.use(middleware);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
