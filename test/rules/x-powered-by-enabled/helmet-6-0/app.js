const express = require('express');
const helmet = require('helmet');
// expect-none: x-powered-by-enabled
const app = express();
app.use(helmet({ xPoweredBy: false }));
// expect: x-powered-by-enabled
const other = express();
other.use(helmet({ hidePoweredBy: false }));
other.listen(3001);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
