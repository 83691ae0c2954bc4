const express = require('express');
const helmet = require('helmet');
const app = express();
const api = express();
api.get('/', (req, res) => res.json({}));
// expect: helmet-late
api.use(helmet());
app.use('/api', api);
app.listen(3000);
