const express = require('express');
const { sessions } = require('./sessions');
const app = express();
app.use(sessions({ name: 'shop' }));
app.use('/admin', sessions());
app.listen(3000);
