const express = require('express');
const cookieSession = require('cookie-session');
const session = require('express-session');
const { attributes } = require('./attributes');
const app = express();
// expect-none: session-option-misplaced
app.use('/a', cookieSession({ keys: [process.env.KEY], ...attributes }));
// expect-none: session-option-misplaced
app.use('/b', session({ secret: process.env.SECRET, cookie: { ...attributes } }));
app.listen(3000);
