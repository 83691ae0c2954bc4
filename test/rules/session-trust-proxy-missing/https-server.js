const express = require('express');
const session = require('express-session');
const app = express();
// expect-none: session-trust-proxy-missing
app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
require('https').createServer({ key: process.env.KEY, cert: process.env.CERT }, app).listen(443);
