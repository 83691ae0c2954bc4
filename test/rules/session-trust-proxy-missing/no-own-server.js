const express = require('express');
const session = require('express-session');
const app = express();
// A platform calls it: how cannot be seen.
// expect-none: session-trust-proxy-missing
app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
app.get('/', (req, res) => res.send('shop'));
module.exports = app;
