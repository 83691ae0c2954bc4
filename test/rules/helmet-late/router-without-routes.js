const express = require('express');
const helmet = require('helmet');
const app = express();
const setUp = express.Router();
setUp.use(express.json());
app.use(setUp);
// expect-none: helmet-late
app.use(helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
