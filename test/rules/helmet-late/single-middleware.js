const express = require('express');
const helmet = require('helmet');
const app = express();
app.use(helmet({ contentSecurityPolicy: false }));
app.get('/', (req, res) => res.send('hello'));
// expect: helmet-late
app.use(helmet.contentSecurityPolicy());
app.listen(3000);
