const express = require('express');
const helmet = require('helmet');
// expect-none: helmet-missing
const app = express();
const api = express.Router();
// A router is no app of its own.
api.get('/', (req, res) => res.json({}));
app.use(helmet());
app.use('/api', api);
app.listen(3000);
