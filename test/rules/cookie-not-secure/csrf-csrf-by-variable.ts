import { doubleCsrf } from 'csrf-csrf';
import express from 'express';

const app = express();
const { doubleCsrfProtection } = doubleCsrf({
  getSecret: () => process.env.CSRF_SECRET!,
  getSessionIdentifier: (req) => req.ip ?? '',
  // expect-undecided: cookie-not-secure
  cookieOptions: { secure: process.env.COOKIE_SECURE === 'true' },
});
app.use(doubleCsrfProtection);
app.listen(3000);
