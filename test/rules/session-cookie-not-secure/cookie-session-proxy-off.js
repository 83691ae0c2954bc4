const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
app.disable('trust proxy');
// expect: session-cookie-not-secure
app.use(cookieSession({ keys: [process.env.KEY] }));
app.listen(3000);
