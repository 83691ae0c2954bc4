const express = require('express');
const helmet = require('helmet');
// expect-none: helmet-missing
const app = express();
const api = express.Router();
api.use(helmet());
api.get('/users', (req, res) => res.json([]));
const pages = express.Router();
pages.get('/', helmet(), (req, res) => res.send('hello'));
app.use('/api', api);
app.use('/pages', pages);
app.listen(3000);
