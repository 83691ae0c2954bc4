const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SECRET }));
app.post('/login', (req, res) => {
  const { session } = req;
  // expect: session-fixation
  session.user = req.body.user;
  res.end();
});
app.post('/signin', (req, res) => {
  const kept = req.session;
  // expect: session-fixation
  kept['userId'] = req.body.id;
  res.end();
});
app.listen(3000);
