const express = require('express');
const session = require('express-session');
const { cookie } = require('./settings');
const app = express();
app.use(session({ secret: process.env.SECRET, cookie }));
app.listen(3000);
