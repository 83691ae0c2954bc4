import express from 'express';
import helmet from 'helmet';
const base = {
  // expect: helmet-protection-disabled
  noSniff: false,
  dnsPrefetchControl: false,
};
const app = express();
// expect-none: helmet-protection-disabled
app.use(helmet({ ...base, dnsPrefetchControl: { allow: true } }));
app.listen(3000);
