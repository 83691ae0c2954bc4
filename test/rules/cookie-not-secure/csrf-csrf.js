const express = require('express');
const { doubleCsrf } = require('csrf-csrf');
const app = express();
const csrf = doubleCsrf({
  getSecret: () => process.env.CSRF_SECRET,
  cookieName: 'csrf',
  // expect: cookie-not-secure
  cookieOptions: { sameSite: 'lax', secure: false },
});
app.use(csrf.doubleCsrfProtection);
const inProduction = doubleCsrf({
  getSecret: () => process.env.CSRF_SECRET,
  // expect-none: cookie-not-secure
  cookieOptions: { httpOnly: false, secure: process.env.NODE_ENV === 'production' },
});
app.use(inProduction.doubleCsrfProtection);
// expect-none: cookie-not-secure
const { doubleCsrfProtection, generateToken } = doubleCsrf({ getSecret: () => process.env.CSRF_SECRET });
app.get('/token', (req, res) => res.json({ token: generateToken(req, res) }));
app.use(doubleCsrfProtection);
app.listen(3000);
