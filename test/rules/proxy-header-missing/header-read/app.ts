import express from 'express';
const app = express();
app.use((req, res, next) => {
  if (req.headers['x-forwarded-proto'] !== 'https') return res.redirect('https://app.example');
  next();
});
app.listen(3000);
