const express = require('express');
const app = express();
app.set('trust proxy', 1);
app.get('/', (req, res) => res.end());
app.listen(3000);
