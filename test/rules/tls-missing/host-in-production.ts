import express from 'express';
const app = express();
const isProduction = process.env.NODE_ENV === 'production';
// expect: tls-missing
app.listen(3000, isProduction ? '0.0.0.0' : '127.0.0.1');
// expect-none: tls-missing
app.listen(3001, isProduction ? '127.0.0.1' : '0.0.0.0');
