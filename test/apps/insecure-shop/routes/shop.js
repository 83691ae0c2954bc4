const path = require('path');
const express = require('express');
const config = require('../config');
const products = require('../lib/products');
const validate = require('../lib/validate');

const router = express.Router();

router.get('/', (req, res) => {
  res.render('catalogue', { title: 'Everything for the garden', products: products.all(), query: '' });
});

router.get('/search', (req, res) => {
  const query = req.query.q || '';
  res.render('catalogue', { title: 'Search', products: products.search(query), query });
});

router.get('/products/:slug', (req, res, next) => {
  const product = products.bySlug(req.params.slug);
  if (!product) return next();
  res.render('product', { title: product.name, product });
});

router.get('/manual', (req, res) => {
  res.sendFile(path.join(config.root, 'manuals', req.query.file));
});

router.get('/pages/:page', (req, res) => {
  res.render('pages/' + req.params.page, { title: 'Thornfield' });
});

router.post('/newsletter', (req, res) => {
  if (!validate.email(req.body.email)) {
    return res.status(400).send('<p>' + req.body.email + ' does not look like an email address.</p>');
  }
  res.send('<p>Thank you, we have noted it.</p>');
});

module.exports = router;
