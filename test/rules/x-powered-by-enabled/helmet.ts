import express, { type Express } from 'express';
import helmet from 'helmet';
// expect-none: x-powered-by-enabled
const app: Express = express();
app.use(helmet());
app.listen(3000);
