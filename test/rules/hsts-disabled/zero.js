const express = require('express');
const helmet = require('helmet');
const app = express();
// expect: hsts-disabled
app.use(helmet.strictTransportSecurity({ maxAge: 0 }));
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
