import http from 'node:http';
import express from 'express';
import session from 'express-session';
const app = express();
// expect: session-trust-proxy-missing
app.use(session({ secret: process.env.SECRET!, cookie: { secure: true } }));
http.createServer(app).listen(8080);
