const fs = require('fs');
const https = require('https');
const express = require('express');
const session = require('express-session');
const app = express();
// expect-none: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET, cookie: { secure: 'auto' } }));
https.createServer({ key: fs.readFileSync('/run/key.pem') }, app).listen(443);
