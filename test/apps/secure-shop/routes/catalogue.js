import path from 'node:path';
import { Router } from 'express';
import config from '../config/index.js';
import { textField } from '../lib/form-fields.js';

export function catalogueRoutes({ products }) {
  const router = Router();

  router.get('/', (req, res) => {
    res.render('catalogue', { title: 'Everything for the garden', products: products.all(), query: '' });
  });

  router.get('/search', (req, res) => {
    const query = textField(req.query, 'q', 80);
    res.render('catalogue', { title: 'Search', products: products.search(query), query });
  });

  router.get('/products/:slug', (req, res, next) => {
    const product = products.find(req.params.slug);
    if (!product) return next();
    res.render('product', { title: product.name, product });
  });

  router.get('/products/:slug/manual', (req, res, next) => {
    const product = products.find(req.params.slug);
    if (!product?.manual) return next();
    res.download(product.manual, { root: path.join(config.root, 'data', 'manuals') });
  });

  return router;
}
