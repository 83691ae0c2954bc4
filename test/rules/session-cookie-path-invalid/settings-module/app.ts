import express from 'express';
import cookieSession from 'cookie-session';
import { settings } from './settings';
const app = express();
// expect: session-cookie-path-invalid
app.use(cookieSession({ keys: [process.env.KEY!], path: settings.base }));
app.listen(3000);
