const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
app.use(cookieSession({ keys: [process.env.KEY] }));

app.post('/login', (req, res) => {
  // expect-none: cookie-session-sensitive
  req.session = { jwt: require('jsonwebtoken').sign({}, process.env.KEY) };
  res.end();
});
app.post('/login2', (req, res) => {
  req.session = {
    id: req.body.id,
    // expect: cookie-session-sensitive
    apiKey: req.body.apiKey,
  };
  res.end();
});
app.post('/logout', (req, res) => {
  // expect-none: cookie-session-sensitive
  req.session = null;
  res.end();
});
app.listen(3000);
