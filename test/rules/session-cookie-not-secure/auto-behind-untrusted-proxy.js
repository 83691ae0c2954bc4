const express = require('express');
const session = require('express-session');
const app = express();
// expect: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET, cookie: { secure: 'auto' } }));
app.listen(3000);
