const express = require('express');
const session = require('express-session');
const options = require('./session.json');
const app = express();
app.use(session(Object.assign(options, { secret: process.env.SECRET })));
app.listen(3000);
