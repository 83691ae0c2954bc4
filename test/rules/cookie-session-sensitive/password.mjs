import express from 'express';
import cookieSession from 'cookie-session';
const app = express();
app.use(cookieSession({ keys: [process.env.KEY] }));
app.post('/login', (req, res) => {
  // expect: cookie-session-sensitive
  req.session.password = req.body.password;
  // expect-none: cookie-session-sensitive
  req.session.passwordResetRequested = true;
  res.end();
});
app.post('/b', (req, res) => {
  // expect: cookie-session-sensitive
  req.session.user = { name: req.body.name, passwordHash: req.body.hash };
  res.end();
});
app.listen(3000);
