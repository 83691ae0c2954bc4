const express = require('express');
const https = require('https');
const app = express();
// expect-undecided: tls-protocol-weak
https.createServer({ minVersion: process.env.TLS_MIN_VERSION }, app).listen(443);
// expect-undecided: tls-protocol-weak
https.createServer({ minVersion: process.env.OLD_CLIENTS ? 'TLSv1' : 'TLSv1.2' }, app).listen(444);
// expect-none: tls-protocol-weak
const protocol = { name: 'p', minVersion: process.env.PROTOCOL };
app.get('/', (req, res) => res.json(protocol));
