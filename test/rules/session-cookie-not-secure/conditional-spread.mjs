import session from 'express-session';
const production = process.env.NODE_ENV === 'production';
export default session({
  secret: process.env.SECRET,
  // expect-none: session-cookie-not-secure
  cookie: { httpOnly: true, ...(production && { secure: true, sameSite: 'lax' }) },
});
