const express = require('express');
const helmet = require('helmet');
// expect: x-powered-by-enabled
const app = express();
app.use(helmet({ hidePoweredBy: false }));
app.listen(3000);
