const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-none: helmet-protection-disabled
app.use(helmet());
app.use(helmet.contentSecurityPolicy({ directives: { 'script-src': ["'none'"] }, reportOnly: true }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
