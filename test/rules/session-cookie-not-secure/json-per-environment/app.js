const express = require('express');
const session = require('express-session');
const config = require('./config.json')[process.env.NODE_ENV || 'development'];
const app = express();
// expect-none: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET, cookie: config.cookie }));
// expect-none: session-cookie-not-secure
app.use('/admin', session({ secret: process.env.SECRET, cookie: config.admin.cookie }));
app.listen(3000);
