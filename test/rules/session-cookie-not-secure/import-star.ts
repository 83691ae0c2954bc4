import * as expressSession from 'express-session';
export const middleware = expressSession({
  secret: process.env.SECRET!,
  cookie: {
    httpOnly: true,
    // expect: session-cookie-not-secure
    secure: false,
  },
});
