const express = require('express');
const session = require('express-session');
const app = express();
const options = { secret: process.env.SECRET, cookie: { secure: true } };
// expect-none: session-cookie-not-secure
app.use(session(options));
if (app.get('env') === 'development') options.cookie.secure = false;
app.listen(3000);
