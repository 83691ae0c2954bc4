const express = require('express');
// expect-none: x-powered-by-enabled
const shop = express();
shop.disable('x-powered-by');
shop.listen(3000);
// expect: x-powered-by-enabled
const metrics = express();
metrics.get('/', (req, res) => res.end());
metrics.listen(3001);
