import session from 'express-session';
export const sessions = session({
  secret: process.env.SECRET,
  cookie: {
    secure: true,
    // expect: session-cookie-broad-domain
    domain: 'example.com',
  },
});
