import session from 'express-session';
import config from './config';
export type CookieSettings = { secure: boolean };
export const sessions = session({
  secret: process.env.SECRET!,
  // expect-none: session-cookie-not-secure
  cookie: config.cookie,
});
