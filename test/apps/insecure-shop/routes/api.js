const express = require('express');
const cors = require('cors');
const products = require('../lib/products');
const supplier = require('../lib/supplier');

const router = express.Router();

// the blog and the landing pages show the basket too
router.use(cors({ origin: true, credentials: true }));

router.get('/basket', (req, res) => {
  res.json({ customer: req.session.customer || null, basket: req.session.basket || [] });
});

router.get('/products', (req, res) => {
  res.json(products.all());
});

router.get('/stock/:slug', (req, res, next) => {
  supplier.stock(req.params.slug).then((stock) => res.json(stock), next);
});

module.exports = router;
