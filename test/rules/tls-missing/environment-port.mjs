import express from 'express';
const app = express();
const port = process.env.PORT || 3000;
// expect: tls-missing
app.listen(port, '0.0.0.0');
