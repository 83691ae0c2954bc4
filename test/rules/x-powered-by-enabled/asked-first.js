const express = require('express');
// expect-none: x-powered-by-enabled
const app = express();
if (app.enabled('x-powered-by')) app.disable('x-powered-by');
app.listen(3000);
