const express = require('express');
const session = require('express-session');
const app = express();
app.set('trust proxy', 1);
// expect: session-trust-proxy-missing
app.use(session({ secret: process.env.SECRET, proxy: false, cookie: { secure: true } }));
app.listen(3000);
