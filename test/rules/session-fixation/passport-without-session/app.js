const express = require('express');
const session = require('express-session');
const passport = require('passport');
const app = express();
app.use(session({ secret: process.env.SECRET }));
app.use(passport.initialize());
app.use(passport.session());

// expect-none: session-fixation
app.get('/api', passport.authenticate('jwt', { session: false }), (req, res) => res.json({}));
app.listen(3000);
