const express = require('express');
const session = require('express-session');
const app = express();
app.use((req, res, next) => {
  if (req.headers['x-arr-ssl']) req.connection.encrypted = true;
  next();
});
// expect-none: session-trust-proxy-missing
app.use(session({ secret: process.env.SECRET, cookie: { secure: true } }));
app.listen(process.env.PORT);
