import express from 'express';
const app = express();
app.post('/login', async (req, res) => {
  res.cookie('sid', req.sessionID, {
    secure: true,
    // expect: cookie-not-http-only
    httpOnly: false,
  });
  res.end();
});
app.listen(3000);
