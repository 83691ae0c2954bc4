// helmet throws for both names at once: nothing starts.
const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-none: helmet-protection-disabled
app.use(helmet({ frameguard: false, xFrameOptions: false }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
