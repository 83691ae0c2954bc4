var express = require('express');
var app = express();
app.use(express.cookieParser());
// express.cookieSession takes the cookie's options as express.session does, not as the package cookie-session.
// expect-none: session-cookie-not-secure
app.use(express.cookieSession({ secret: process.env.SECRET, cookie: { secure: true } }));
// expect: session-cookie-not-secure
app.use(express.cookieSession({ secret: process.env.SECRET, secure: true }));
// expect: session-cookie-not-secure
app.use(express.session({ secret: process.env.SECRET, key: 'shop' }));
app.listen(3000);
