import session from 'express-session';
const { COOKIE_SECURE = 'true' } = process.env;
export default session({
  secret: process.env.SECRET,
  // expect-undecided: session-cookie-not-secure
  cookie: { secure: COOKIE_SECURE === 'true' },
});
