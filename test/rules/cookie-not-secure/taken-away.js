const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();

app.get('/logout', (req, res) => {
  // expect-none: cookie-not-secure
  res.clearCookie('token');
  // expect-none: cookie-not-secure
  res.cookie('token', '', { maxAge: 0 });
  // expect-none: cookie-not-secure
  res.cookie('jwt', 'loggedout', { expires: new Date(Date.now() + 10 * 1000), httpOnly: true });
  // expect-none: cookie-not-secure
  res.cookie('session', req.cookies.session, { expires: new Date(0) });
  // expect-none: cookie-not-secure
  res.cookie('auth', null);
  res.redirect('/');
});
app.listen(3000);
