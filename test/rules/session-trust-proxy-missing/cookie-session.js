const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
// expect: session-trust-proxy-missing
app.use(cookieSession({ keys: [process.env.KEY], secure: true }));
app.listen(3000);
