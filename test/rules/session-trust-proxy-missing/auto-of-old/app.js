const express = require('express');
const session = require('express-session');
const app = express();
// expect: session-trust-proxy-missing
app.use(session({ secret: process.env.SECRET, cookie: { secure: 'auto' } }));
app.listen(3000);
