import session from 'express-session';
import cookieSession from 'cookie-session';
// expect: session-secret-weak
export const a = session({ secret: String(Date.now()) });
// expect: session-secret-weak
export const b = session({ secret: `shop-${Date.now()}` });
// expect: session-secret-weak
export const c = cookieSession({ keys: [new Date().toISOString()] });
