const app = require('express')();
// expect: tls-missing
app.listen(process.env.PORT || 3000);
