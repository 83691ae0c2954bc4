import session from 'express-session';
enum Site {
  Lax = 'lax',
  None = 'none',
}
// expect: session-cookie-same-site
export default session({ secret: process.env.SECRET!, cookie: { sameSite: Site.None } });
