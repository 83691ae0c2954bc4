const fs = require('fs');
const path = require('path');
const { exec } = require('child_process');
const express = require('express');
const axios = require('axios');
const yaml = require('js-yaml');
const config = require('../config');
const products = require('../lib/products');

const router = express.Router();
const images = path.join(config.root, 'public', 'images');

router.get('/', (req, res) => {
  res.render('catalogue', { title: 'Catalogue', staff: req.session.staff, products: products.all() });
});

router.post('/prices', (req, res) => {
  const prices = yaml.load(req.body.prices);
  Object.keys(prices).forEach((slug) => products.setPrice(slug, prices[slug]));
  res.redirect('/admin');
});

router.post('/image', (req, res, next) => {
  axios.get(req.body.url, { responseType: 'arraybuffer' }).then((response) => {
    const file = path.join(images, req.body.slug + '.jpg');
    fs.writeFile(file, response.data, (err) => {
      if (err) return next(err);
      exec('convert ' + file + ' -resize ' + req.body.width + ' ' + file, (failed) => {
        if (failed) return next(failed);
        res.redirect('/admin');
      });
    });
  }, next);
});

module.exports = router;
