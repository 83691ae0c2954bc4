const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SECRET }));

const passport = require('passport');
// expect-none: cookie-session-sensitive
passport.serializeUser((user, done) => done(null, user));
app.post('/login', async (req, res) => {
  // expect-none: cookie-session-sensitive
  req.session.user = await require('./users').findOne({ email: req.body.email });
  // expect-none: cookie-session-sensitive
  req.session.accessToken = req.body.token;
  res.end();
});
app.listen(3000);
