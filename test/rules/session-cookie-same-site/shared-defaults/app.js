const express = require('express');
const session = require('express-session');
const cookieSession = require('cookie-session');
const { cookie } = require('./defaults');
const app = express();
// expect-none: session-cookie-same-site
app.use(session({ secret: process.env.SECRET, cookie: { ...cookie, secure: true } }));
// expect-none: session-cookie-same-site
app.use('/admin', cookieSession(Object.assign({ keys: [process.env.KEY] }, cookie)));
// expect: session-cookie-same-site
app.use('/api', cookieSession({ keys: [process.env.KEY], cookie }));
app.listen(3000);
