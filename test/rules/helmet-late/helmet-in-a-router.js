const express = require('express');
const helmet = require('helmet');
const app = express();
app.get('/', (req, res) => res.send('hello'));
const security = express.Router();
// expect: helmet-late
security.use(helmet());
app.use(security);
app.listen(3000);
