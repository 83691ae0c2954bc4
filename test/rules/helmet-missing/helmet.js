const express = require('express');
const helmet = require('helmet');
// expect-none: helmet-missing
const app = express();
app.use(helmet());
app.listen(3000);
