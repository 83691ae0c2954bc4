require('dotenv').config();
const app = require('express')();
require('https').createServer({ key: process.env.TLS_KEY }, app).listen(443);
