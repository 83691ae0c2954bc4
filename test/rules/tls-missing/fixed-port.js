const express = require('express');
const app = express();
app.get('/', (req, res) => res.end());
// expect: tls-missing
app.listen(3000, () => console.log('ready'));
