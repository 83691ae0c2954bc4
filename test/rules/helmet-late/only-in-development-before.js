const express = require('express');
const helmet = require('helmet');
const app = express();
if (process.env.NODE_ENV !== 'production') app.get('/debug', (req, res) => res.send('debug'));
// expect-none: helmet-late
app.use(helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
