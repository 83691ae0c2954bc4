import expressSession, { type CookieOptions } from 'express-session';
import type { RequestHandler } from 'express';
export function createSession(cookie: CookieOptions): RequestHandler {
  return expressSession({
    secret: process.env.SECRET!,
    // expect: session-cookie-not-secure
    cookie: { httpOnly: true, secure: cookie.secure },
  });
}
