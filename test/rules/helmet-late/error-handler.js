const express = require('express');
const helmet = require('helmet');
const app = express();
app.use((error, req, res, next) => res.status(500).send('failed'));
// expect-none: helmet-late
app.use(helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
