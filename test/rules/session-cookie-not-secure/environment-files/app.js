const express = require('express');
const session = require('express-session');
const config = require('./config');
const app = express();
// expect-none: session-cookie-not-secure
app.use(session(config.session));
app.listen(config.port);
