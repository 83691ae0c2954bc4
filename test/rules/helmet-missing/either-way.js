const express = require('express');
const helmet = require('helmet');
// expect-none: helmet-missing
const app = express();
if (process.env.STRICT) app.use(helmet());
else app.use(helmet({ contentSecurityPolicy: false }));
app.listen(3000);
