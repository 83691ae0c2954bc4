const express = require('express');
const cookieSession = require('cookie-session');
const app = express();
app.use(cookieSession({ keys: [process.env.KEY] }));

app.get('/', (req, res) => {
  // expect: cookie-session-sensitive
  req.session.page = 'x'.repeat(4000);
  // expect-none: cookie-session-sensitive
  req.session.small = 'x'.repeat(1000);
  res.end();
});
app.listen(3000);
