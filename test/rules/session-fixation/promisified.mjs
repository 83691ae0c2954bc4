import express from 'express';
import session from 'express-session';
import { promisify } from 'node:util';
const app = express();
app.use(session({ secret: process.env.SECRET }));
const regenerate = (req) => new Promise((resolve, reject) => req.session.regenerate((err) => (err ? reject(err) : resolve())));
app.post('/login', async (req, res) => {
  await regenerate(req);
  // expect-none: session-fixation
  req.session.user = req.body.user;
  res.redirect('/');
});
app.post('/signin', async (req, res) => {
  await promisify(req.session.regenerate).call(req.session);
  // expect-none: session-fixation
  req.session.user = req.body.user;
  res.redirect('/');
});
app.post('/login2', async (req, res) => {
  await promisify(req.session.regenerate.bind(req.session))();
  // expect-none: session-fixation
  req.session.user = req.body.user;
  res.redirect('/');
});
app.listen(3000);
