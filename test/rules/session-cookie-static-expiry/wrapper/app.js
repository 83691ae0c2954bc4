const express = require('express');
const createSession = require('./session');
const app = express();
app.use(createSession(8));
app.listen(3000);
