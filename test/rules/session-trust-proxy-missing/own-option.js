const express = require('express');
const session = require('express-session');
const app = express();
// expect-none: session-trust-proxy-missing
app.use(session({ secret: process.env.SECRET, proxy: true, cookie: { secure: true } }));
app.listen(3000);
