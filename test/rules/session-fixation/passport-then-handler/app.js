const express = require('express');
const session = require('express-session');
const passport = require('passport');
const app = express();
app.use(session({ secret: process.env.SECRET }));
app.use(passport.session());
app.post('/login', passport.authenticate('local'), (req, res) => {
  // expect-none: session-fixation
  req.session.userName = req.body.name;
  // expect-none: session-fixation
  req.session.user = req.user;
  res.redirect('/');
});
app.post('/signin', (req, res, next) => {
  passport.authenticate('local', (err, user) => {
    if (err || !user) return next(err);
    req.logIn(user, (failure) => {
      if (failure) return next(failure);
      // expect-none: session-fixation
      req.session.userId = user.id;
      res.redirect('/');
    });
  })(req, res, next);
});
app.post('/token-login', (req, res) => {
  // expect: session-fixation
  req.session.userId = req.body.id;
  res.end();
});
app.listen(3000);
