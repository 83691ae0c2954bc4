const express = require('express');
const moment = require('moment');
const db = require('../lib/db');

const router = express.Router();

router.use((req, res, next) => {
  if (req.session.customer) return next();
  res.redirect('/account/login?returnTo=' + encodeURIComponent(req.originalUrl));
});

router.get('/', (req, res, next) => {
  let sql = 'SELECT id, placed, total FROM orders WHERE customer = ' + req.session.customer.id;
  if (req.query.since) sql += " AND placed >= '" + req.query.since + "'";
  db.query(sql + ' ORDER BY placed DESC', (err, orders) => {
    if (err) return next(err);
    res.render('orders', { title: 'Your orders', orders, moment });
  });
});

module.exports = router;
