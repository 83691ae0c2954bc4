const express = require('express');
const session = require('express-session');
const config = require('./config');

const app = express();
app.use(session({ secret: process.env.SECRET, cookie: config.server.web.session.cookie }));
app.listen(3000);
