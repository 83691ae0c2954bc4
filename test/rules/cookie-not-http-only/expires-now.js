const express = require('express');
const app = express();
app.get('/logout', (req, res) => {
  // expect-none: cookie-not-http-only
  res.cookie('token', req.cookies.token, { expires: new Date() });
  const later = new Date();
  later.setDate(later.getDate() + 7);
  // expect: cookie-not-http-only
  res.cookie('token', req.cookies.token, { expires: later });
  res.end();
});
app.listen(3000);
