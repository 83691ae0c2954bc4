import express from 'express';
import { middleware } from './middleware';
import { isProduction } from './environment';
const app = express();
if (isProduction()) app.set('trust proxy', 1);
app.use(middleware.session({ secure: !isProduction() }));
app.listen(3000);
