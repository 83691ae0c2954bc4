const express = require('express');
const session = require('express-session');
const app = express();
if (process.env.TRUST_PROXY) app.set('trust proxy', 1);
// expect-undecided: session-trust-proxy-missing
app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
app.listen(3000);
