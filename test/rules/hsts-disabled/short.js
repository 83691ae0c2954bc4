const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet({
  hsts: {
    // expect: hsts-disabled
    maxAge: 86400,
  },
}));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
