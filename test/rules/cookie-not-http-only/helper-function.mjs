import express from 'express';
import jwt from 'jsonwebtoken';
const getCookieOptions = (days) => ({ maxAge: days * 86400000, httpOnly: true, path: '/' });
const getReadableOptions = (days) => {
  const options = getCookieOptions(days);
  // expect: cookie-not-http-only
  options.httpOnly = false;
  return options;
};
const app = express();
app.post('/login', (req, res) => {
  // expect-none: cookie-not-http-only
  res.cookie('token', jwt.sign({}, process.env.KEY), getCookieOptions(7));
  res.cookie('token', jwt.sign({}, process.env.KEY), getReadableOptions(7));
  res.end();
});
app.listen(3000);
