const express = require('express');
// expect-none: helmet-missing
const app = express();
if (process.env.NODE_ENV === 'production') {
  app.use(require('helmet')());
  app.set('trust proxy', 1);
}
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
