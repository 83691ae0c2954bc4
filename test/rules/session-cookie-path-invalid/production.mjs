import session from 'express-session';
const production = process.env.NODE_ENV === 'production';
export default session({
  secret: process.env.SECRET,
  // expect: session-cookie-path-invalid
  cookie: { path: production ? 'shop' : '/' },
});
