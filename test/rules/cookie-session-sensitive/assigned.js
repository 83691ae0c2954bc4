const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
app.use(cookieSession({ keys: [process.env.KEY] }));

app.post('/login', (req, res) => {
  Object.assign(req.session, {
    // expect-none: cookie-session-sensitive
    id: req.body.id,
    // expect: cookie-session-sensitive
    refresh_token: req.body.token,
  });
  res.end();
});
app.listen(3000);
