const express = require('express');
const helmet = require('helmet');
const app = express();
const cors = require('cors');
app.options('*', cors());
app.options('/api', (req, res) => res.sendStatus(204));
// expect-none: helmet-late
app.use(helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
