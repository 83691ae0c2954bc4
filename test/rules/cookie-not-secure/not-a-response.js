const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

const request = require('request');
app.get('/', (req, res) => {
  const jar = request.jar();
  // expect-none: cookie-not-secure
  jar.setCookie(request.cookie('token=1'), 'https://example.org');
  const browser = require('./browser')();
  // expect-none: cookie-not-secure
  browser.cookie('token', 'abc');
  res.end();
});
app.listen(3000);
