const express = require('express');
const helmet = require('helmet');
const config = require('./config');
const app = express();
app.use(helmet(config.helmet));
app.listen(3000);
