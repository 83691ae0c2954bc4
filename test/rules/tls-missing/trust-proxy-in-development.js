const express = require('express');
const app = express();
if (app.get('env') !== 'production') app.set('trust proxy', 1);
// expect: tls-missing
app.listen(3000);
