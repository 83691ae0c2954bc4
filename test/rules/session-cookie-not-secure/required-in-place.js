const app = require('express')();
// expect: session-cookie-not-secure
app.use(require('express-session')({ secret: process.env.SECRET, cookie: { secure: false } }));
app.listen(3000);
