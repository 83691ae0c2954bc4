const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.get('/', (req, res) => {
  // expect-none: cookie-same-site
  res.cookie('locale', 'de');
  // expect-none: cookie-same-site
  res.cookie('XSRF-TOKEN', req.csrfToken());
  // expect-none: cookie-same-site
  res.cookie('token', '', { expires: new Date(1) });
  // expect-none: cookie-same-site
  res.cookie('redirect_after_login', req.originalUrl);
  res.end();
});
app.listen(3000);
