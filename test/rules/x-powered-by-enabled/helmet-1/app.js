const express = require('express');
const helmet = require('helmet');
// expect-none: x-powered-by-enabled
const app = express();
app.use(helmet({ hidePoweredBy: false }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
