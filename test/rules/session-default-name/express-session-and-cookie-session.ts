import cookieSession from 'cookie-session';
import session from 'express-session';
// The default of the other middleware is a name as good as any.
// expect-none: session-default-name
export const a = cookieSession({ keys: [process.env.KEY!], name: 'connect.sid' });
export const b = cookieSession({
  keys: [process.env.KEY!],
  // expect: session-default-name
  name: 'session',
});
