const express = require('express');
const helmet = require('helmet');
const protect = helmet();
// expect-none: helmet-missing
const app = express();
app.use((req, res, next) => protect(req, res, next));
app.listen(3000);
