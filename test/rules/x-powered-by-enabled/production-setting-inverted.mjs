import express from 'express';
const app = express();
app.disable('x-powered-by');
// expect: x-powered-by-enabled
if (process.env.NODE_ENV === 'production') app.set('x-powered-by', true);
app.listen(3000);
