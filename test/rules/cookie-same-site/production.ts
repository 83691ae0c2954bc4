import express, { type CookieOptions } from 'express';
const production = process.env.NODE_ENV === 'production';
const strict: CookieOptions = { sameSite: production ? 'strict' : 'none', secure: production };
const open: CookieOptions = { secure: production, sameSite: production ? 'none' : 'lax' };
const app = express();
app.post('/login', (req, res) => {
  // expect-none: cookie-same-site
  res.cookie('refresh_token', req.body.token, strict);
  res.end();
});
app.post('/other', (req, res) => {
  res.cookie('refresh_token', req.body.token, {
    secure: production,
    // expect: cookie-same-site
    sameSite: production ? 'none' : 'lax',
  });
  res.end();
});
app.listen(3000);
