const https = require('https');
const fs = require('fs');
const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
// expect-none: session-cookie-not-secure
app.use(cookieSession({ keys: [process.env.KEY] }));
https.createServer({ key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem') }, app).listen(443);
