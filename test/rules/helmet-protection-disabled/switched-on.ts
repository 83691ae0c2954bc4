import express from 'express';
import helmet from 'helmet';
const app = express();
app.use(helmet({
  // expect-none: helmet-protection-disabled
  contentSecurityPolicy: undefined,
  // expect-none: helmet-protection-disabled
  frameguard: { action: 'deny' },
  // expect-none: helmet-protection-disabled
  noSniff: true,
}));
app.listen(3000);
