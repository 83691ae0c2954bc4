const express = require('express');
const session = require('express-session');
const app = express();
const admin = express();
// expect-none: session-trust-proxy-missing
admin.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
app.set('trust proxy', 1);
app.use('/admin', admin);
app.listen(3000);
