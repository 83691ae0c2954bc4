import cookieSession from 'cookie-session';
import session from 'express-session';
// expect: session-secret-weak
export const a = cookieSession({ keys: ['', process.env.KEY!] });
// expect: session-secret-weak
export const b = session({ secret: [''] });
