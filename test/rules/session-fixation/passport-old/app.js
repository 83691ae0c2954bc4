const express = require('express');
const session = require('express-session');
const passport = require('passport');
const app = express();
app.use(session({ secret: process.env.SECRET }));
app.use(passport.initialize());
app.use(passport.session());

// expect: session-fixation
app.post('/login', passport.authenticate('local', { failureRedirect: '/login' }), (req, res) => res.redirect('/'));
app.listen(3000);
