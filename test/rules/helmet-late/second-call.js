const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet());
app.get('/', (req, res) => res.send('hello'));
// expect-none: helmet-late
app.use('/pages', helmet({ contentSecurityPolicy: { directives: { 'img-src': ['*'] } } }));
app.get('/pages', (req, res) => res.send('pages'));
app.listen(3000);
