import express from 'express';
import helmet from 'helmet';
const app = express();
// expect: hsts-disabled
app.use(helmet({ strictTransportSecurity: false }));
app.listen(3000);
