const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
const asyncHandler = require('express-async-handler');
app.post('/a', wrap(async (req, res) => {
  // expect: cookie-not-secure
  res.cookie('token', await require('./tokens').make(req.user), { httpOnly: true });
  res.end();
}));
app.post('/b', asyncHandler(async (req, res) => {
  // expect: cookie-not-secure
  res.cookie('token', await require('./tokens').make(req.user), { httpOnly: true });
  res.end();
}));
app.post('/c', [require('multer')().none(), (req, res) => {
  // expect: cookie-not-secure
  res.cookie('token', jwt.sign({}, process.env.KEY), { httpOnly: true });
  res.end();
}]);
app.listen(3000);
