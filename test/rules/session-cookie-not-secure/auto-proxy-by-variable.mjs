import express from 'express';
import session from 'express-session';

const app = express();
if (process.env.BEHIND_PROXY) app.set('trust proxy', 1);
// expect-undecided: session-cookie-not-secure
app.use(session({ secret: process.env.SECRET, cookie: { secure: 'auto' } }));
app.listen(3000);
