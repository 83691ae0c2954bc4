const express = require('express');
// expect-undecided: x-powered-by-enabled
const app = express();
if (process.env.HIDE) app.disable('x-powered-by');
app.listen(3000);
