import session from 'express-session';
const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
export const Duration = { hours: (count: number): number => count * HOUR } as const;
// expect-none: session-cookie-no-expiry
export default session({ secret: process.env.SECRET!, cookie: { maxAge: Duration.hours(8) } });
