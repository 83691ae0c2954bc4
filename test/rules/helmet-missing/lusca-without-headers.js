const express = require('express');
const lusca = require('lusca');
// expect: helmet-missing
const app = express();
app.use(lusca({ csrf: true, xframe: 'SAMEORIGIN', xssProtection: true }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
