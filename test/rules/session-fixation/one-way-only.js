const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SECRET }));

app.post('/login', (req, res) => {
  if (req.body.remember) {
    req.session.regenerate(() => {
      // expect-none: session-fixation
      req.session.user = req.body.name;
      res.redirect('/');
    });
  } else {
    // expect: session-fixation
    req.session.user = req.body.name;
    res.redirect('/');
  }
});
app.listen(3000);
