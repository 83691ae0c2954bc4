const express = require('express');

module.exports = function create(context) {
  // expect: helmet-missing
  if (!context.app) context.app = express();
  const { app } = context;
  app.get('/', (req, res) => res.send('hello'));
  app.listen(3000);
};
