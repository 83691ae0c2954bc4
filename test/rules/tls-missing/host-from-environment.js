// expect-none: tls-missing
const app = require('express')();
app.listen(3000, process.env.HOST);
app.listen(3001, process.env.HOST || '127.0.0.1');
