import session from 'express-session';
export default session({
  secret: process.env.SECRET,
  // expect-undecided: session-cookie-not-secure
  cookie: { secure: process.env.COOKIE_SECURE !== 'false' },
});
