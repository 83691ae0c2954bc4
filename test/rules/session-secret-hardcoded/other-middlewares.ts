import clientSessions from 'client-sessions';
import { auth } from 'express-openid-connect';
import { ironSession } from 'iron-session/express';
// expect: session-secret-hardcoded
export const a = clientSessions({ cookieName: 'shop', secret: 'blargadeeblargblarg' });
// expect: session-secret-hardcoded
export const b = ironSession({ cookieName: 'shop', password: 'complex_password_at_least_32_characters_long' });
// expect: session-secret-hardcoded
export const c = ironSession({ cookieName: 'shop', password: { 1: 'complex_password_at_least_32_characters_long', 2: process.env.SECRET! } });
// expect: session-secret-hardcoded
export const d = auth({ secret: 'a long, randomly-generated string stored in env' });
// expect-none: session-secret-hardcoded
export const e = auth({ secret: process.env.SECRET });
