import express from 'express';
import session from 'express-session';
const app = express();
const isProduction = process.env.NODE_ENV === 'production';
if (!isProduction) app.set('trust proxy', 1);
app.use(session({ secret: process.env.SECRET, cookie: { secure: isProduction } }));
app.listen(3000);
