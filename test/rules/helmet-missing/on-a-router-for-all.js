const express = require('express');
const helmet = require('helmet');
// expect-none: helmet-missing
const app = express();
const root = express.Router();
root.use(helmet());
root.get('/', (req, res) => res.send('hello'));
app.use(root);
app.listen(3000);
