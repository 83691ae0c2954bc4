const express = require('express');
const session = require('express-session');
const app = express();
const secret = Buffer.from('a2V5Ym9hcmQgY2F0IG9uIHRoZSB0YWJsZQ==', 'base64').toString('utf8');
// expect: session-secret-hardcoded
app.use(session({ secret, resave: false, saveUninitialized: false }));
app.listen(3000);
