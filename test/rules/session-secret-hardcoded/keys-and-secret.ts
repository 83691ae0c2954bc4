import cookieSession from 'cookie-session';
// expect-none: session-secret-hardcoded
export const a = cookieSession({ secret: process.env.KEY });
// expect: session-secret-hardcoded
export const b = cookieSession({ secret: 'keyboard cat' });
// expect: session-secret-hardcoded
export const c = cookieSession({ keys: [process.env.KEY!, 'keyboard cat'] });
// expect-none: session-secret-hardcoded
export const d = cookieSession({ keys: process.env.KEYS!.split(',') });
