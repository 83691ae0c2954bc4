const express = require('express');
const helmet = require('helmet');
const app = express();
const api = express();
api.get('/', (req, res) => res.json({}));
app.use('/api', api);
// expect: helmet-late
app.use(helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
