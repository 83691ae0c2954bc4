const express = require('express');
const session = require('express-session');
const passport = require('passport');
const app = express();
app.use(session({ secret: process.env.SECRET }));
app.post('/login', async (req, res, next) => {
  // expect: session-fixation
  passport.authenticate('local', { successRedirect: '/' })(req, res, next);
});
app.listen(3000);
