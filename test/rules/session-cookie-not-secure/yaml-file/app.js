const fs = require('fs');
const path = require('path');
const express = require('express');
const session = require('express-session');
const yaml = require('js-yaml');

const all = yaml.load(fs.readFileSync(path.join(__dirname, 'config.yml'), 'utf8'));
const config = all[process.env.NODE_ENV || 'development'];
const app = express();
app.use(session({ secret: process.env.SECRET, cookie: config.cookie }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
