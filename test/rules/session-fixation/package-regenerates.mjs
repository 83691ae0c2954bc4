import express from 'express';
import session from 'express-session';
import { regenerateSession } from 'session-tools';
const app = express();
app.use(session({ secret: process.env.SECRET }));
app.post('/login', async (req, res) => {
  await regenerateSession(req);
  // expect-none: session-fixation
  req.session.user = req.body.user;
  res.redirect('/');
});
app.post('/signin', async (req, res) => {
  await log(req);
  // expect: session-fixation
  req.session.user = req.body.user;
  res.redirect('/');
});
app.listen(3000);
