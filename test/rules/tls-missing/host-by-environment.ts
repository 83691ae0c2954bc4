import express from 'express';
const app = express();
// expect-undecided: tls-missing
app.listen(3000, process.env.HOST || '0.0.0.0');
const HOST = process.env.HOST ?? '::';
// expect-undecided: tls-missing
app.listen({ port: 3001, host: HOST });
// expect-none: tls-missing
app.listen(3002, process.env.HOST || 'localhost');
