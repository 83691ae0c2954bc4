import express, { Router } from 'express';
import session from 'express-session';

const app = express();
const router = Router();
// expect-none: session-trust-proxy-missing
router.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
const shop = express();
shop.enable('trust proxy');
shop.get('/', (req, res) => res.send('hello'));
router.use('/shop', shop);
app.use(router);
app.listen(3000);
