const express = require('express');
const app = express();
app.use('/shop', require('./sessions'));
app.get('/shop', (req, res) => res.send('shop'));
app.listen(3000);
