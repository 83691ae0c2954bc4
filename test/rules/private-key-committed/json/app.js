const { tls, port } = require('./config.json');
const app = require('express')();
require('https').createServer(tls, app).listen(port);
