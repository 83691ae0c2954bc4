const express = require('express');
const helmet = require('helmet');
// expect-none: helmet-missing
const app = express();
app.use(helmet());
module.exports = app;
if (require.main === module) app.listen(3000);
