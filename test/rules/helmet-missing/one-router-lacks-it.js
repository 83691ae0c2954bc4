const express = require('express');
const helmet = require('helmet');
// expect: helmet-missing
const app = express();
const api = express.Router();
api.use(helmet());
api.get('/users', (req, res) => res.json([]));
app.use('/api', api);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
