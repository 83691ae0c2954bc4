const https = require('https');
const app = require('express')();
// expect-none: tls-validation-disabled
https.createServer({ key: process.env.KEY, cert: process.env.CERT, requestCert: true, rejectUnauthorized: false }, app).listen(443);
