import session from 'express-session';
const read = (name: string, fallback: string): string => process.env[name] ?? fallback;
// expect: session-secret-hardcoded
export default session({ secret: read('SESSION_SECRET', 'keyboard cat') });
