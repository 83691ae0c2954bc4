const express = require('express');
const sum = (n) => Array.from({ length: 200 }, (_, i) => i * n).reduce((a, b) => a + b, 0);
function poll() {
  sum(Date.now());
  setTimeout(poll, 1000);
}
poll();
// expect-none: helmet-missing
const app = express();
app.use((req, res, next) => {
  res.setHeader('X-Frame-Options', 'DENY');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Referrer-Policy', 'no-referrer');
  next();
});
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
