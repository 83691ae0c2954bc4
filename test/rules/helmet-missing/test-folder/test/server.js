const express = require('express');
// expect-none: helmet-missing
const stub = express();
stub.get('/', (req, res) => res.end());
stub.listen(0);
