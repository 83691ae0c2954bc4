import express from 'express';
import helmet from 'helmet';
const app = express();
const options = {};
if (app.get('env') === 'production') {
  // expect: helmet-protection-disabled
  options.contentSecurityPolicy = false;
}
app.use(helmet(options));
app.listen(3000);
