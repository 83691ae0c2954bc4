const express = require('express');
const helmet = require('helmet');
// expect: helmet-missing
const app = express();
if (app.get('env') === 'development') app.use(helmet());
app.listen(3000);
