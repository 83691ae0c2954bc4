const express = require('express');
const helmet = require('helmet');
const app = express();
// expect: helmet-protection-disabled
app.use(helmet({ contentSecurityPolicy: false }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
