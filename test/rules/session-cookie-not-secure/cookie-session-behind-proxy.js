const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
app.set('trust proxy', 1);
// expect-none: session-cookie-not-secure
app.use(cookieSession({ keys: [process.env.KEY] }));
