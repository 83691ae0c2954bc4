import { randomUUID } from 'node:crypto';
import session from 'express-session';
// expect-none: session-secret-hardcoded
export default session({ secret: process.env.SESSION_SECRET || randomUUID() });
