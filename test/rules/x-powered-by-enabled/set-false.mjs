import express from 'express';
// expect-none: x-powered-by-enabled
const app = express().set('x-powered-by', false);
app.listen(3000);
