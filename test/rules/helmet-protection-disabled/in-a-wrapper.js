const express = require('express');
const helmet = require('helmet');
const app = express();
const relaxed = helmet({
  // expect: helmet-protection-disabled
  frameguard: false,
});
app.use((req, res, next) => relaxed(req, res, next));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
