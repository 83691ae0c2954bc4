const app = require('express')();
// expect: tls-missing
app.listen(3000);
