import { Router } from 'express';
import { signedIn } from '../middleware/signed-in.js';

export function orderRoutes({ orders }) {
  const router = Router();
  router.use(signedIn({ next: 'orders' }));

  router.get('/', (req, res) => {
    res.render('orders', { title: 'Your orders', orders: orders.list(req.session.customerId) });
  });

  router.get('/:id', (req, res, next) => {
    const order = orders.find(Number.parseInt(req.params.id, 10), req.session.customerId);
    if (!order) return next();
    res.render('order', { title: `Order ${order.id}`, order });
  });

  return router;
}
