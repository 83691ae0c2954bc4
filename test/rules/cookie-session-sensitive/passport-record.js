const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
app.use(cookieSession({ keys: [process.env.KEY] }));

const passport = require('passport');
// expect: cookie-session-sensitive
passport.serializeUser((user, done) => done(null, user));
app.use(passport.session());
app.get('/', (req, res) => res.end());
app.listen(3000);
