import express from 'express';
import session from 'express-session';
import settings from './settings/index.mjs';
const app = express();
// expect-none: session-cookie-not-http-only
app.use(session({ secret: process.env.SECRET, cookie: settings.cookie }));
app.listen(3000);
