import session, { type SessionOptions } from 'express-session';
function makeSession(cookie: SessionOptions['cookie']) {
  // expect: session-cookie-not-http-only
  return session({ secret: process.env.SECRET!, cookie: { ...cookie, httpOnly: false } });
}
export const middleware = makeSession({ secure: true });
