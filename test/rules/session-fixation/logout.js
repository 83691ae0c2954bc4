const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SECRET }));

app.get('/auth/logout', (req, res) => {
  // expect-none: session-fixation
  req.session.user = null;
  // expect-none: session-fixation
  req.session.loggedIn = false;
  delete req.session.userId;
  req.session.destroy(() => res.redirect('/login'));
});
app.listen(3000);
