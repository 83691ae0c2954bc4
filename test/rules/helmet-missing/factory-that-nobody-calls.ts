import express from 'express';
import helmet from 'helmet';

export function createServer() {
  // expect-none: helmet-missing
  const app = express();
  app.use(helmet());
  app.get('/', (_request, response) => response.json({}));
  return app.listen(3000);
}
