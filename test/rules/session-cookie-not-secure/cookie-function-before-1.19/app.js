const express = require('express');
const session = require('express-session');
const app = express();
// Before 1.19 nothing calls it.
// expect: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET, cookie: () => ({ secure: true }) }));
app.listen(3000);
