const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
// expect-none: session-trust-proxy-missing
app.use(cookieSession({ keys: [process.env.KEY], secureProxy: true }));
app.listen(3000);
