const path = require('path');
const autoload = require('auto-load');
const express = require('express');

// expect-none: helmet-missing
const app = express();
const middlewares = autoload(path.join(__dirname, 'middlewares'));
app.use(middlewares.security);
app.use(middlewares.log);
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
