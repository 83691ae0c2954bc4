const app = require('express')();
// expect-none: tls-missing
app.listen(3000);
