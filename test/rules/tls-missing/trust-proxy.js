// expect-none: tls-missing
const express = require('express');
const app = express();
if (app.get('env') === 'production') app.set('trust proxy', 1);
app.listen(3000);
