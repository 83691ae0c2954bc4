const express = require('express');
// expect-none: x-powered-by-enabled
const app = express();
module.exports = { app };
