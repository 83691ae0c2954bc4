const express = require('express');
const { settings } = require('./settings');
// expect-none: x-powered-by-enabled
const app = express();
for (const [name, value] of Object.entries(settings)) app.set(name, value);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
