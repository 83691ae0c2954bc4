const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
app.use(cookieSession({ keys: [process.env.KEY] }));

const passport = require('passport');
passport.serializeUser((user, done) => {
  // expect-none: cookie-session-sensitive
  done(null, user.id);
});
app.use(passport.session());
app.get('/', (req, res) => res.end());
app.listen(3000);
