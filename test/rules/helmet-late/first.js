const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-none: helmet-late
app.use(helmet());
app.use(express.static('public'));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
