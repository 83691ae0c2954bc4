const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.get('/', (req, res) => {
  // expect-none: cookie-not-secure
  res.cookie('lang', req.query.lang);
  // expect-none: cookie-not-secure
  res.cookie('cookie_consent', 'yes', { maxAge: 31536000000 });
  // expect-none: cookie-not-secure
  res.cookie('XSRF-TOKEN', req.csrfToken());
  // expect-none: cookie-not-secure
  res.cookie('author', req.query.author);
  // expect-none: cookie-not-secure
  res.cookie('isLoggedIn', true);
  // expect-none: cookie-not-secure
  res.cookie('oauth_state', req.query.state);
  // expect-none: cookie-not-secure
  res.cookie('cartId', req.cart.id);
  res.end();
});
app.listen(3000);
