const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
app.use(cookieSession({ keys: [process.env.KEY] }));

app.post('/login', (req, res) => {
  if (process.env.NODE_ENV === 'development') {
    // expect-none: cookie-session-sensitive
    req.session.password = req.body.password;
  }
  res.end();
});
app.listen(3000);
