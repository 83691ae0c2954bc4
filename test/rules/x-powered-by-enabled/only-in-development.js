const express = require('express');
// expect: x-powered-by-enabled
const app = express();
if (process.env.NODE_ENV === 'development') app.disable('x-powered-by');
app.listen(3000);
