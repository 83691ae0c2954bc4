import express from 'express';
import session from 'express-session';
import config from './config/index.ts';
const app = express();
app.use(session({ secret: process.env.SECRET!, cookie: config.cookie }));
app.listen(3000);
