import express from 'express';
import helmet from 'helmet';
const app = express();
app.use(
  helmet({
    contentSecurityPolicy: {
      directives: {
        // expect: csp-unsafe
        scriptSrc: process.env.NODE_ENV !== 'production' ? ["'self'"] : ["'self'", "'unsafe-eval'"],
      },
    },
  }),
);
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
