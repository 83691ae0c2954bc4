// expect-none: tls-missing
import express from 'express';
import session from 'express-session';
const app = express();
app.use(session({ secret: process.env.SECRET, proxy: true, cookie: { secure: true } }));
app.listen(3000);
