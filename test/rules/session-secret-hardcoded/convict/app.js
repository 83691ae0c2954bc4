const express = require('express');
const session = require('express-session');
const config = require('./config');

const app = express();
// expect: session-secret-hardcoded
app.use(session({ name: config.get('session.name'), secret: config.get('session.secret'), resave: false }));
app.get('/', (req, res) => res.send('home'));
app.listen(3000);
