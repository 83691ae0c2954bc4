import path from 'node:path';
import express from 'express';
import config from './config/index.js';
import { createCustomers } from './lib/customers.js';
import { createOrders } from './lib/orders.js';
import { createProducts } from './lib/products.js';
import { csrfProtection } from './middleware/csrf.js';
import { notFound, serverError } from './middleware/errors.js';
import { loginLimits } from './middleware/login-limits.js';
import { securityHeaders } from './middleware/security-headers.js';
import { sessions } from './middleware/session.js';
import { accountRoutes } from './routes/account.js';
import { basketRoutes } from './routes/basket.js';
import { catalogueRoutes } from './routes/catalogue.js';
import { orderRoutes } from './routes/orders.js';

/** Builds the shop around an open Redis client and an open database. */
export function createApp({ redis, database }) {
  const products = createProducts(database);
  const customers = createCustomers(database);
  const orders = createOrders(database);

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.proxyHops);
  app.set('view engine', 'ejs');
  app.set('views', path.join(config.root, 'views'));

  app.use(securityHeaders());
  app.use('/static', express.static(path.join(config.root, 'public'), { maxAge: '7d' }));
  app.get('/health', (req, res) => {
    res.json({ status: 'ok' });
  });

  app.use(express.urlencoded({ extended: false, limit: config.bodyLimit }));
  app.use(sessions({ redis }));
  app.use(csrfProtection);
  app.use((req, res, next) => {
    res.locals.csrfToken = () => req.csrfToken();
    res.locals.signedIn = Boolean(req.session.customerId);
    next();
  });

  app.use('/', catalogueRoutes({ products }));
  app.use('/basket', basketRoutes({ products, orders }));
  app.use('/account', accountRoutes({ customers, limits: loginLimits({ redis }) }));
  app.use('/orders', orderRoutes({ orders }));

  app.use(notFound);
  app.use(serverError);
  return app;
}
