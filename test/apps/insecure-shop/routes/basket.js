const express = require('express');
const _ = require('lodash');
const db = require('../lib/db');
const products = require('../lib/products');

const router = express.Router();

const linesOf = (basket) =>
  _.map(basket, (line) => Object.assign({ quantity: line.quantity }, products.bySlug(line.slug)));

router.get('/', (req, res) => {
  res.render('basket', { title: 'Your basket', lines: linesOf(req.session.basket) });
});

router.post('/', (req, res, next) => {
  const product = products.bySlug(req.body.slug);
  if (!product) return next();
  const basket = req.session.basket || [];
  basket.push({ slug: product.slug, quantity: Number(req.body.quantity) || 1 });
  req.session.basket = basket;
  res.redirect('/basket');
});

router.post('/checkout', (req, res, next) => {
  if (!req.session.customer) return res.redirect('/account/login?returnTo=/basket');
  const total = _.sumBy(linesOf(req.session.basket), (line) => line.price * line.quantity);
  db.query('INSERT INTO orders SET ?', { customer: req.session.customer.id, total, placed: new Date() }, (err) => {
    if (err) return next(err);
    req.session.basket = [];
    res.redirect('/orders');
  });
});

module.exports = router;
