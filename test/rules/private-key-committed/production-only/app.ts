import fs from 'node:fs';
import https from 'node:https';
import express from 'express';
const app = express();
const name = process.env.NODE_ENV === 'production' ? 'live' : 'dev';
https.createServer({ key: fs.readFileSync(`keys/${name}.pem`) }, app).listen(443);
