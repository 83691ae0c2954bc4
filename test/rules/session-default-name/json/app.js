const express = require('express');
const session = require('express-session');
const app = express();
// expect-none: session-default-name
app.use(session({ ...require('./session.json'), secret: process.env.SECRET }));
app.listen(3000);
