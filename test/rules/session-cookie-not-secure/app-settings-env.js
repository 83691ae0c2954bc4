const express = require('express');
const session = require('express-session');
const app = express();
const sess = { secret: process.env.SECRET, cookie: {} };
if (app.settings.env !== 'production') sess.cookie.secure = true;
// expect: session-cookie-not-secure
app.use(session(sess));
app.listen(3000);
