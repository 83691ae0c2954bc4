import * as session from 'express-session';
type SameSite = 'lax' | 'strict' | 'none';
const sameSite: Record<string, SameSite> = { development: 'lax', staging: 'lax', production: 'none' };
const env = process.env.NODE_ENV ?? 'development';
export const middleware = session({
  secret: process.env.SECRET!,
  // expect: session-cookie-same-site
  cookie: { secure: true, sameSite: sameSite[env] },
});
