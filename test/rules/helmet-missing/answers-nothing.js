const express = require('express');
// Nothing is served by it.
// expect-none: helmet-missing
const app = express();
console.log(app.get('env'));
