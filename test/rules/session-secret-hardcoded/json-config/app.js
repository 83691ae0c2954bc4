const express = require('express');
const session = require('express-session');
const config = require('./config.json');
const app = express();
// expect: session-secret-hardcoded
app.use(session({ secret: config.session.secret }));
app.listen(3000);
