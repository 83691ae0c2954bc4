const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SECRET }));

app.post('/login', (req, res) => {
  // expect-none: session-fixation
  req.session.views = (req.session.views || 0) + 1;
  // expect-none: session-fixation
  req.session.flash = 'wrong password';
  // expect-none: session-fixation
  req.session.returnTo = req.originalUrl;
  // expect-none: session-fixation
  req.session.cart = [];
  res.redirect('/');
});
app.listen(3000);
