const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
app.use(cookieSession({ keys: [process.env.KEY] }));

const remember = (req, user) => {
  // expect: cookie-session-sensitive
  req.session.user = user;
};
app.post('/login', async (req, res) => {
  remember(req, await require('mongoose').model('User').findById(req.body.id));
  res.end();
});
app.listen(3000);
