const express = require('express');
const helmet = require('helmet');
const app = express();
app.use((req, res, next) => {
  if (req.secure) return next();
  res.redirect(`https://example.com${req.originalUrl}`);
});
app.all('*', (req, res, next) => {
  if (req.hostname !== 'www.example.com') return res.redirect('https://www.example.com');
  next();
});
// expect-none: helmet-late
app.use(helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
