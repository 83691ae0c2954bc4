const express = require('express');
const app = express();
app.post('/login', (req, res) => {
  // expect-none: cookie-not-secure
  res.cookie('token', req.body.token, { secure: req.app.get('env') === 'production' });
  // expect-none: cookie-not-secure
  res.cookie('token', req.body.token, { secure: app.get('env') === 'production' });
  // expect: cookie-not-secure
  res.cookie('token', req.body.token, { secure: req.app.get('env') !== 'production' });
  // expect-none: cookie-not-secure
  res.cookie('token', req.body.token, { secure: res.app.settings.env === 'production' });
  res.end();
});
app.listen(3000);
