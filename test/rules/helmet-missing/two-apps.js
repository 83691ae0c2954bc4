const express = require('express');
const helmet = require('helmet');
// expect-none: helmet-missing
const shop = express();
shop.use(helmet());
shop.listen(3000);
// expect: helmet-missing
const metrics = express();
metrics.get('/metrics', (req, res) => res.end(''));
metrics.listen(9100);
