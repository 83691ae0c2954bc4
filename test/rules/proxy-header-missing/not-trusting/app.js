const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
app.get('/', (req, res) => res.send(req.protocol));
app.listen(3000);
