const express = require('express');
const helmet = require('helmet');
const app = express();
app.get('/healthz', (req, res) => res.send('ok'));
app.get('/api/metrics', (req, res) => res.send(''));
// expect-none: helmet-late
app.use(helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
