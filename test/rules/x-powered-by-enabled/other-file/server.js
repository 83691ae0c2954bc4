const express = require('express');
// expect-none: x-powered-by-enabled
const app = express();
app.use(express.static('public'));
exports.app = app;
