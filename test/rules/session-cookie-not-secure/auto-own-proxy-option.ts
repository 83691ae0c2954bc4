import express from 'express';
import session from 'express-session';

const app = express();
// expect-none: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET!, proxy: true, cookie: { secure: 'auto' } }));
app.listen(3000);
