const express = require('express');
const helmet = require('helmet');
// expect-undecided: helmet-missing
const app = express();
if (process.env.STRICT) app.use(helmet());
app.listen(3000);
