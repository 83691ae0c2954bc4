const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SECRET }));

app.post('/login', async (req, res) => {
  const user = await require('./users').verify(req.body.email, req.body.password);
  if (!user) return res.status(401).end();
  // expect: session-fixation
  req.session.userId = user.id;
  // expect-none: session-fixation
  req.session.isLoggedIn = true;
  res.redirect('/');
});
app.listen(3000);
