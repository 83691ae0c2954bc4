const jwt = require('jsonwebtoken');
const config = require('../config');
const customers = require('./customers');

const COOKIE = 'remember';

exports.remember = function (res, customer) {
  const token = jwt.sign({ id: customer.id }, config.jwtSecret, { expiresIn: '30d' });
  res.cookie(COOKIE, token, { maxAge: 30 * 24 * 60 * 60 * 1000 });
};

exports.forget = function (res) {
  res.clearCookie(COOKIE);
};

exports.middleware = function (req, res, next) {
  const token = req.cookies[COOKIE];
  if (req.session.customer || !token) return next();
  jwt.verify(token, config.jwtSecret, { ignoreExpiration: true }, (err, claims) => {
    if (!err) req.session.customer = customers.byId(claims.id);
    next();
  });
};
