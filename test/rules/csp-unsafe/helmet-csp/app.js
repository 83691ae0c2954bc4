const express = require('express');
const csp = require('helmet-csp');
const app = express();
app.use(csp({ directives: {
  // expect: csp-unsafe
  defaultSrc: ["'self'", 'data:'],
} }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
