const express = require('express');
const session = require('express-session');
const app = express();
const expires = new Date(Date.now() + 3600000);
// expect-none: session-cookie-static-expiry
app.use(session({ secret: process.env.SECRET, cookie: { maxAge: 3600000 } }));
app.get('/', (req, res) => {
  // expect-none: session-cookie-static-expiry
  res.cookie('seen', '1', { expires });
  res.end();
});
app.listen(3000);
