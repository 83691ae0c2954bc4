const express = require('express');
const session = require('express-session');
const app = express();
// expect-none: session-memory-store
app.use(session({ secret: process.env.SECRET, store: require('./store')(session) }));
app.listen(3000);
