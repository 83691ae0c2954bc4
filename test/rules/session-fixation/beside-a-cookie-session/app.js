const express = require('express');
const session = require('express-session');
const cookieSession = require('cookie-session');
const app = express();
app.get('/go/:to', cookieSession({ keys: [process.env.KEY] }), (req, res) => res.redirect('/'));
app.use(session({ secret: process.env.SECRET }));
app.post('/login', (req, res) => {
  // expect: session-fixation
  req.session.user = { id: req.body.id };
  res.end();
});
app.listen(3000);
