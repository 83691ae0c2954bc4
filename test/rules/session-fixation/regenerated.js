const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SECRET }));

app.post('/login', async (req, res, next) => {
  const user = await require('./users').verify(req.body.email, req.body.password);
  if (!user) return res.status(401).end();
  req.session.regenerate((err) => {
    if (err) return next(err);
    // expect-none: session-fixation
    req.session.user = { id: user.id };
    req.session.save(() => res.redirect('/'));
  });
});
app.listen(3000);
