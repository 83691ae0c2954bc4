import { doubleCsrf } from 'csrf-csrf';
import { csrfSync } from 'csrf-sync';
import express from 'express';

const app = express();
// Scripts of the page read it on purpose.
// expect-none: cookie-not-http-only
const { doubleCsrfProtection } = doubleCsrf({ getSecret: () => process.env.CSRF_SECRET, cookieName: 'auth-token', cookieOptions: { httpOnly: false } });
app.use(doubleCsrfProtection);
const { generateToken } = csrfSync();
app.get('/', (req, res) => {
  // expect-none: cookie-not-http-only
  res.cookie('token', generateToken(req), { secure: true, sameSite: 'lax' });
  res.end();
});
app.listen(3000);
