const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
if (process.env.NODE_ENV === 'development') app.set('trust proxy', true);
// expect: session-cookie-not-secure
app.use(cookieSession({ keys: [process.env.KEY] }));
app.listen(3000);
