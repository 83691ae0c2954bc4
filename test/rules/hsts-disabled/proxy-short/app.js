const express = require('express');
const helmet = require('helmet');
const app = express();
app.set('trust proxy', 1);
app.use(helmet());
app.get('/', (req, res) => res.end());
app.listen(3000);
