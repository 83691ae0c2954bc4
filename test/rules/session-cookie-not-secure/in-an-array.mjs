import express, { Router } from 'express';
import session from 'express-session';
const app = express();
const router = Router();
router.use([
  express.json(),
  // expect: session-cookie-not-secure
  session({ secret: process.env.SECRET, cookie: { secure: false } }),
]);
app.use('/account', router);
app.listen(3000);
