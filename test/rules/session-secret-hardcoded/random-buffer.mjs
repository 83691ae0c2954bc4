import { randomBytes } from 'node:crypto';
import express from 'express';
import session from 'express-session';
const app = express();
const secret = Buffer.from(randomBytes(32)).toString('hex');
// expect-none: session-secret-hardcoded
app.use(session({ secret, resave: false, saveUninitialized: false }));
app.listen(3000);
