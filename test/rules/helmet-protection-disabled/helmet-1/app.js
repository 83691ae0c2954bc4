const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-none: helmet-protection-disabled
app.use(helmet({ frameguard: false }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
