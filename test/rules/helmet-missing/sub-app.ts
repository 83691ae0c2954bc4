import express from 'express';
import helmet from 'helmet';
// expect-none: helmet-missing
const app = express();
// expect-none: helmet-missing
const api = express();
api.get('/', (_request, response) => response.json({}));
app.use(helmet());
app.use('/api', api);
app.listen(3000);
