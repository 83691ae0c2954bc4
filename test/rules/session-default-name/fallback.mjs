import session from 'express-session';
// expect-none: session-default-name
export const a = session({ secret: process.env.SECRET, name: process.env.COOKIE_NAME || 'shop' });
const settings = {};
export const b = session({
  secret: process.env.SECRET,
  // expect: session-default-name
  name: settings.name || 'connect.sid',
});
