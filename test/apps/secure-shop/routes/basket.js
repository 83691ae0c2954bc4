import { Router } from 'express';
import { textField } from '../lib/form-fields.js';
import { signedIn } from '../middleware/signed-in.js';

const MOST_OF_ONE = 50;

export function basketRoutes({ products, orders }) {
  const router = Router();

  const linesOf = (basket = []) =>
    basket.flatMap(({ slug, quantity }) => {
      const product = products.find(slug);
      return product ? [{ slug, name: product.name, pence: product.pence, quantity }] : [];
    });

  router.get('/', (req, res) => {
    const lines = linesOf(req.session.basket);
    res.render('basket', { title: 'Your basket', lines, pence: lines.reduce((sum, line) => sum + line.pence * line.quantity, 0) });
  });

  router.post('/', (req, res, next) => {
    const product = products.find(textField(req.body, 'slug'));
    if (!product) return next();
    const asked = Number.parseInt(textField(req.body, 'quantity'), 10);
    const quantity = Math.min(Math.max(asked || 1, 1), MOST_OF_ONE);
    const others = (req.session.basket ?? []).filter(({ slug }) => slug !== product.slug);
    req.session.basket = [...others, { slug: product.slug, quantity }];
    res.redirect('/basket');
  });

  router.post('/checkout', signedIn({ next: 'basket' }), (req, res) => {
    const lines = linesOf(req.session.basket);
    if (lines.length === 0) return res.redirect('/basket');
    orders.place({ customerId: req.session.customerId, lines });
    req.session.basket = [];
    res.redirect('/orders');
  });

  return router;
}
