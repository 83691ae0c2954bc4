const express = require('express');
const session = require('express-session');
const app = express();
// expect-none: session-trust-proxy-missing
app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
app.enable('trust proxy');
app.listen(3000);
