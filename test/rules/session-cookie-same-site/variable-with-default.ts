import session from 'express-session';
const { COOKIE_SAME_SITE: sameSite = 'lax' } = process.env;
export default session({
  secret: process.env.SECRET!,
  // expect-undecided: session-cookie-same-site
  cookie: { secure: true, sameSite: sameSite as 'lax' },
});
