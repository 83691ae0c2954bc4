const fs = require('fs');
const express = require('express');
const session = require('express-session');
const JSON5 = require('json5');

const settings = JSON5.parse(fs.readFileSync('./settings.json5', 'utf8'));
const app = express();
app.use(session(settings.session));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
