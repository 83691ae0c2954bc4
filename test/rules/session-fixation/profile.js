const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SECRET }));

app.post('/profile/password', async (req, res) => {
  if (!req.session.user) return res.redirect('/login');
  const user = await require('./users').change(req.session.user.id, req.body.password);
  // expect-none: session-fixation
  req.session.user = user;
  res.redirect('/profile');
});
app.listen(3000);
