const express = require('express');
const makeSession = require('./session');
const app = express();
app.use(makeSession({ secure: true }));
app.listen(3000);
