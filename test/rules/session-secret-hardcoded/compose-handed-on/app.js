const express = require('express');
const session = require('express-session');
const app = express();
// expect-none: session-secret-hardcoded
app.use(session({ secret: process.env.SESSION_SECRET, cookie: { secure: true } }));
app.listen(3000);
