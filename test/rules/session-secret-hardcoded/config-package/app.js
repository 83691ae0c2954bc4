const config = require('config');
const express = require('express');
const session = require('express-session');
const app = express();
// expect: session-secret-hardcoded
app.use(session({ secret: config.get('session.secret') }));
app.listen(3000);
