const express = require('express');
const helmet = require('helmet');
// expect-none: helmet-missing
const app = express();
app.use(helmet.contentSecurityPolicy(), helmet.hsts(), helmet.frameguard(), helmet.noSniff());
app.listen(3000);
