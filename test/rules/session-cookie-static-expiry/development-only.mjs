import session from 'express-session';
const cookie = { maxAge: 3600000 };
if (process.env.NODE_ENV !== 'production') {
  delete cookie.maxAge;
  // expect-none: session-cookie-static-expiry
  cookie.expires = new Date('2030-01-01');
}
export default session({ secret: process.env.SECRET, cookie });
