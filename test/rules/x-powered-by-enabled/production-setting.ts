import express, { type Express } from 'express';
// expect-none: x-powered-by-enabled
const app: Express = express();
app.set('x-powered-by', process.env.NODE_ENV !== 'production');
app.get('/', (_request, response) => {
  response.send('hello');
});
app.listen(3000);
