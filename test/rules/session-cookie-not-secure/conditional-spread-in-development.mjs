import session from 'express-session';
const production = process.env.NODE_ENV === 'production';
// expect: session-cookie-not-secure
export default session({
  secret: process.env.SECRET,
  cookie: { httpOnly: true, ...(production ? {} : { secure: true }) },
});
