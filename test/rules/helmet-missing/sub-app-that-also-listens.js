const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet());
const router = express.Router();
// expect: helmet-missing
const metrics = express();
metrics.get('/', (req, res) => res.send('hello'));
metrics.listen(9000);
app.use(router);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
