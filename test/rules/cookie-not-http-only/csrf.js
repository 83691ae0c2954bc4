const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

const doubleCsrf = require('csrf-csrf').doubleCsrf({ getSecret: () => process.env.KEY });
app.use((req, res, next) => {
  // expect-none: cookie-not-http-only
  res.cookie('XSRF-TOKEN', req.csrfToken(), { secure: true });
  // expect-none: cookie-not-http-only
  res.cookie('csrfToken', req.csrfToken());
  // expect-none: cookie-not-http-only
  res.cookie('token', req.csrfToken());
  // expect-none: cookie-not-http-only
  res.cookie('_csrf', doubleCsrf.generateToken(req, res));
  next();
});
app.listen(3000);
