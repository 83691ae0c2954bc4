import express from 'express';
import session from 'express-session';
import { SESSION_SECRET } from './constants.mjs';
const app = express();
// expect: session-secret-hardcoded
app.use(session({ secret: SESSION_SECRET }));
app.listen(3000);
