const app = require('express')();
// expect-none: tls-missing
app.listen(process.env.PORT || 3000);
