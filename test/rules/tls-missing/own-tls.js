// expect-none: tls-missing
const express = require('express');
const app = express();
require('http').createServer((req, res) => res.writeHead(301, { Location: `https://${req.headers.host}` }).end()).listen(80);
require('https').createServer({ key: process.env.KEY, cert: process.env.CERT }, app).listen(443);
app.listen(8080);
