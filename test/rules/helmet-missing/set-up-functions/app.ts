import { createApp } from './create-app';
import { secure } from './secure';
const app = createApp();
secure(app, { production: process.env.NODE_ENV === 'production' });
app.get('/', (_request, response) => {
  response.send('hello');
});
app.listen(3000);
