const express = require('express');
const app = express();
app.set('trust proxy', 1);
// Not req.secure, only the address.
app.get('/', (req, res) => res.send(req.ip));
app.listen(3000);
