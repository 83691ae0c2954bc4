const express = require('express');
const helmet = require('helmet');
// expect-none: x-powered-by-enabled
const app = express();
// expect: x-powered-by-enabled
const admin = express();
admin.get('/', (req, res) => res.send('admin'));
app.use(helmet());
app.use('/admin', admin);
app.listen(3000);
