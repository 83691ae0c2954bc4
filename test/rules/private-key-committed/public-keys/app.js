const fs = require('fs');
const app = require('express')();
app.locals.jwt = fs.readFileSync('jwt.pem', 'utf8');
require('https').createServer({ key: process.env.KEY, ca: fs.readFileSync('ca.pem') }, app).listen(443);
