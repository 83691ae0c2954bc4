// expect-none: tls-protocol-weak
const express = require('express');
const https = require('https');
const tls = require('tls');
const app = express();
https.createServer({ minVersion: 'TLSv1.2', ciphers: 'HIGH:!aNULL:!MD5' }, app).listen(443);
https.createServer({ minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' }, app).listen(444);
https.createServer({ secureProtocol: 'TLS_method' }, app).listen(445);
https.createServer({ secureProtocol: 'SSLv23_method' }, app).listen(446);
https.createServer({ secureProtocol: 'TLSv1_2_server_method', ciphers: tls.DEFAULT_CIPHERS }, app).listen(447);
tls.DEFAULT_MIN_VERSION = 'TLSv1.2';
app.locals.client = { minVersion: '1.0', maxVersion: 3, ciphers: ['a'] };
