const express = require('express');
const helmet = require('helmet');
const app = express();
const admin = express.Router();
admin.use(helmet());
admin.get('/', (req, res) => res.send('admin'));
app.use('/admin', admin);
// expect-none: helmet-late
app.use(helmet());
app.get('/', (req, res) => res.send('hello'));
app.listen(3000);
