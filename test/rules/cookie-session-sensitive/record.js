const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
app.use(cookieSession({ keys: [process.env.KEY] }));

const User = require('mongoose').model('User');
app.post('/login', async (req, res) => {
  const user = await User.findOne({ email: req.body.email });
  // expect: cookie-session-sensitive
  req.session.user = user;
  res.redirect('/');
});
app.post('/login2', async (req, res) => {
  const user = await User.findOne({ email: req.body.email });
  // expect-none: cookie-session-sensitive
  req.session.user = { id: user.id, name: user.name };
  // expect-none: cookie-session-sensitive
  req.session.userId = user._id;
  res.redirect('/');
});
app.listen(3000);
