const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
app.use(cookieSession({ keys: [process.env.KEY] }));
app.post('/login', (req, res) => {
  // expect-none: session-fixation
  req.session.userId = req.body.id;
  res.redirect('/');
});
app.listen(3000);
