const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
// expect: session-cookie-not-secure
app.use(cookieSession({ keys: [process.env.KEY], cookie: { secure: true } }));
app.listen(3000);
