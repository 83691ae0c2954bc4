const session = require('express-session');
const config = require('../config');

const DAY = 24 * 60 * 60 * 1000;

module.exports = session({
  secret: config.sessionSecret,
  resave: true,
  saveUninitialized: true,
  maxAge: 14 * DAY,
  cookie: {
    path: '/',
    httpOnly: false,
    secure: config.https
  }
});
