import { randomUUID } from 'node:crypto';
import session from 'express-session';
import { v1 as timed, v4 as uuid } from 'uuid';
// expect: session-secret-weak
export const a = session({ secret: timed() });
// expect-none: session-secret-weak
export const b = session({ secret: uuid() });
// expect-none: session-secret-weak
export const c = session({ secret: randomUUID() });
