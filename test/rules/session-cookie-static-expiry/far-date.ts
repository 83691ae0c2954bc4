import * as session from 'express-session';
export const middleware = session({
  secret: process.env.SECRET!,
  // expect: session-cookie-static-expiry
  cookie: { secure: true, expires: new Date(2038, 0, 1) },
});
