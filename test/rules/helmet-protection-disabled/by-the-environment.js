const express = require('express');
const helmet = require('helmet');
const app = express();
// expect-undecided: helmet-protection-disabled
app.use(helmet({ contentSecurityPolicy: process.env.CSP === 'on' ? undefined : false }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
