import session from 'express-session';
// expect: session-secret-weak
export const a = session({ secret: process.env.SESSION_SECRET || Math.random().toString() });
// expect: session-secret-weak
export const b = session({ secret: process.env.SESSION_SECRET ?? `${Date.now()}` });
