const express = require('express');
const session = require('express-session');
const config = require('./config');
const app = express();
// expect-none: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET, cookie: config.cookie }));
app.listen(config.port);
