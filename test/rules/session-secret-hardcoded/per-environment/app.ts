import express from 'express';
import session from 'express-session';
import { config } from './config/index.js';
const app = express();
// expect-none: session-secret-hardcoded
app.use(session({ secret: config.secret }));
app.listen(3000);
