import express from 'express';
import helmet from 'helmet';
const app = express();
const day = 24 * 60 * 60;
// expect: hsts-disabled
app.use(helmet.hsts({ maxAge: 30 * day }));
app.listen(3000);
