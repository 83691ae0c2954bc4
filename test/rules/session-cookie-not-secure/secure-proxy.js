const clientSessions = require('client-sessions');
const cookieSession = require('cookie-session');
const express = require('express');
const app = express();
// expect-none: session-cookie-not-secure
app.use(cookieSession({ keys: [process.env.KEY], secureProxy: true }));
// expect: session-cookie-not-secure
app.use(cookieSession({ keys: [process.env.KEY], secureProxy: false, secure: true }));
// expect-none: session-cookie-not-secure
app.use(clientSessions({ cookieName: 'shop', secret: process.env.SECRET, cookie: { secureProxy: true } }));
app.listen(3000);
