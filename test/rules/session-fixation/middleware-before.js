const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SECRET }));

const fresh = (req, res, next) => req.session.regenerate(next);
app.post('/login', fresh, (req, res) => {
  // expect-none: session-fixation
  req.session.user = req.body.name;
  res.redirect('/');
});
app.post('/admin/login', fresh, (req, res) => {
  // expect-none: session-fixation
  req.session.admin = req.body.name;
  res.redirect('/');
});
app.listen(3000);
