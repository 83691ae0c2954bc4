import express from 'express';
const app = express();
app.post('/login', (req, res) => {
  res.cookie('sid', req.sessionID, {
    secure: true,
    // expect: cookie-same-site
    sameSite: 'none',
  });
  res.end();
});
app.listen(3000);
