const express = require('express');
const session = require('express-session');
const passport = require('passport');
const app = express();
app.use(session({ secret: process.env.SECRET }));
app.use(passport.initialize());
app.use(passport.session());

app.post('/login', (req, res, next) => {
  passport.authenticate('local', (err, user) => {
    if (err || !user) return next(err);
    // expect: session-fixation
    req.logIn(user, (failure) => (failure ? next(failure) : res.redirect('/')));
  })(req, res, next);
});
app.listen(3000);
